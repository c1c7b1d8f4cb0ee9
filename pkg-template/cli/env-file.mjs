import { lstatSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { isRunning } from './is-running.mjs';

const firstLineOf = (pid) =>
  `# Written by \`wechatpay-wasm sandbox\`, process ${pid}, which removes it when it ends.`;
const VARIABLE = /^WECHATPAY_[A-Z0-9_]+=\S.*$/;

/** The largest env file in bytes that is read: several times the usual size. */
const MAX_BYTES = 16_384;

/** The file belongs to a sandbox that is still running. */
export class RunningError extends Error {
  constructor(pid) {
    super(`the file belongs to process ${pid}`);
    this.pid = pid;
  }
}

/**
 * Writes a dotenv file that only its owner can read. It replaces a file that a killed sandbox left
 * behind, and no other file.
 *
 * It is synchronous, so that no signal can arrive after the file is written and before its removal
 * is registered.
 *
 * @param {string} path
 * @param {string} variables
 * @returns {() => void} removes the file, unless its content was replaced
 * @throws {RunningError} if the file belongs to a sandbox that is still running
 * @throws an error of node:fs; its code is EEXIST if a sandbox did not write the existing file
 */
export function writeEnvFile(path, variables) {
  const text = `${firstLineOf(process.pid)}\n${variables}`;
  try {
    create(path, text);
  } catch (error) {
    const writer = error.code === 'EEXIST' ? writerOf(read(path)) : undefined;
    if (writer === undefined) throw error;
    // In a container, every start may get the same process id.
    if (writer !== process.pid && isRunning(writer)) throw new RunningError(writer);
    unlinkSync(path);
    create(path, text);
  }
  return () => {
    if (read(path) === text) unlinkSync(path);
  };
}

// The flag `wx` follows no symbolic link and fails if the path exists.
function create(path, text) {
  writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
}

function read(path) {
  try {
    const stats = lstatSync(path);
    // Reading a pipe would block.
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

// Returns the process that wrote the file; undefined if it is not a sandbox's file. Every line is
// checked, since a user may have added their own lines to a file that was left behind.
function writerOf(text) {
  if (text === undefined) return undefined;
  const [first, ...lines] = text.trimEnd().split('\n');
  const pid = Number(first.match(/ process ([1-9][0-9]{0,9}), /)?.[1]);
  const isSandboxFile = first === firstLineOf(pid) && lines.every((line) => VARIABLE.test(line));
  return isSandboxFile ? pid : undefined;
}
