import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';

const FIRST_LINE = '# Written by `wechatpay-wasm sandbox`, which removes it when it ends.';
const LINE_OF_OURS = /^WECHATPAY_[A-Z0-9_]+=\S.*$/;

/**
 * Writes a dotenv file that only its owner can read. A file of that name that an earlier sandbox
 * left behind, since it was killed, is replaced; any other is somebody's, and stays.
 *
 * Synchronous, so that no signal comes between the file and what removes it.
 *
 * @param {string} path
 * @param {string} variables
 * @returns {() => void} removes the file, unless something else stands there by now
 * @throws an error of node:fs; its code is EEXIST where the file is somebody's
 */
export function writeEnvFile(path, variables) {
  const text = `${FIRST_LINE}\n${variables}`;
  try {
    create(path, text);
  } catch (error) {
    if (error.code !== 'EEXIST' || !isOurs(read(path))) throw error;
    unlinkSync(path);
    create(path, text);
  }
  return () => {
    if (read(path) === text) unlinkSync(path);
  };
}

// `wx` follows no symbolic link, and fails where anything stands.
function create(path, text) {
  writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

// Not the first line alone: somebody may have added lines of their own to what was left behind.
function isOurs(text) {
  if (text === undefined) return false;
  const [first, ...lines] = text.trimEnd().split('\n');
  return first === FIRST_LINE && lines.every((line) => LINE_OF_OURS.test(line));
}
