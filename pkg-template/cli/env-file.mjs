import { lstatSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';

const firstLineOf = (pid) =>
  `# Written by \`wechatpay-wasm sandbox\`, process ${pid}, which removes it when it ends.`;
const LINE_OF_OURS = /^WECHATPAY_[A-Z0-9_]+=\S.*$/;

/** How long a file of ours can be, in bytes: several times what one is. */
const LONGEST = 16_384;

/** The file is that of a sandbox that still runs. */
export class RunningError extends Error {
  constructor(pid) {
    super(`the file is that of process ${pid}`);
    this.pid = pid;
  }
}

/**
 * Writes a dotenv file that only its owner can read. A file of that name that an earlier sandbox
 * left behind, since it was killed, is replaced; any other is somebody's, and stays.
 *
 * Synchronous, so that no signal comes between the file and what removes it.
 *
 * @param {string} path
 * @param {string} variables
 * @returns {() => void} removes the file, unless something else stands there by now
 * @throws {RunningError} where the file is that of a sandbox that still runs
 * @throws an error of node:fs; its code is EEXIST where the file is somebody's
 */
export function writeEnvFile(path, variables) {
  const text = `${firstLineOf(process.pid)}\n${variables}`;
  try {
    create(path, text);
  } catch (error) {
    const writer = error.code === 'EEXIST' ? writerOf(read(path)) : undefined;
    if (writer === undefined) throw error;
    if (isRunning(writer)) throw new RunningError(writer);
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
    const stats = lstatSync(path);
    // A pipe would be waited for.
    if (!stats.isFile() || stats.size > LONGEST) return undefined;
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

// Not the first line alone: somebody may have added lines of their own to what was left behind.
function writerOf(text) {
  if (text === undefined) return undefined;
  const [first, ...lines] = text.trimEnd().split('\n');
  const pid = Number(first.match(/ process ([1-9][0-9]{0,9}), /)?.[1]);
  const isOurs = first === firstLineOf(pid) && lines.every((line) => LINE_OF_OURS.test(line));
  return isOurs ? pid : undefined;
}

function isRunning(pid) {
  // In a container every start may have the same.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM is somebody else's process.
    return error.code !== 'ESRCH';
  }
}
