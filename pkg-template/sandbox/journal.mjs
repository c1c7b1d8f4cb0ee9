import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** The first line of a file: what it is, and how it is written. */
const HEADER = JSON.stringify({ 'wechatpay-wasm sandbox': 1 });

/**
 * Reads the journal: every change, the oldest first. Whoever made the file, it is not written to.
 *
 * @param {string} file a missing or an empty one has no changes
 * @returns {[table: string, key: string, value?: unknown][]}
 */
export function readJournal(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === '') return [];
  const [header, ...lines] = text.split('\n');
  if (header !== HEADER) refuse('that no sandbox of this version has written');
  // What follows the last line feed was not finished.
  return lines.slice(0, -1).flatMap(changesOf);
}

function changesOf(line) {
  let changes;
  try {
    changes = JSON.parse(line);
  } catch {
    refuse('with a line that is not JSON');
  }
  if (!Array.isArray(changes) || !changes.every(isChange)) {
    refuse('with a line that no sandbox has written');
  }
  return changes;
}

const isText = (value) => typeof value === 'string';
const isChange = (change) =>
  Array.isArray(change) && change.length <= 3 && isText(change[0]) && isText(change[1]);

function refuse(what) {
  throw new TypeError(`createSandbox: state names a file ${what}: name another one`);
}

/**
 * Writes what is left of a journal to a new file, which takes the place of the old one, and opens it.
 * Each line has the changes that belong together.
 *
 * @param {string} path
 * @param {[table: string, key: string, value: unknown][]} entries
 */
export function openJournal(path, entries) {
  // Otherwise the new file would take the place of a link, and not of what it leads to.
  const file = existsSync(path) ? realpathSync(path) : path;
  const fresh = `${file}.${process.pid}.new`;
  const lines = entries.map((entry) => `${JSON.stringify([entry])}\n`);
  try {
    // Only for its owner: it holds the keys of the sandbox.
    writeFileSync(fresh, `${HEADER}\n${lines.join('')}`, { mode: 0o600 });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  let descriptor = openSync(file, constants.O_WRONLY | constants.O_APPEND);
  let { size } = fstatSync(descriptor);
  return {
    /** Writes changes, all or none. Whoever is told of them may be told afterwards. */
    append(changes) {
      if (descriptor === undefined) throw new Error('the sandbox is closed');
      requireSame(file, descriptor);
      const bytes = Buffer.from(`${JSON.stringify(changes)}\n`);
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      } catch (error) {
        // A disk that is full takes the beginning of a line. The next one would follow it.
        ftruncateSync(descriptor, size);
        throw error;
      }
      size += bytes.length;
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

// A sandbox that starts with the same file replaces it. What this one wrote then would be in no file.
function requireSame(file, descriptor) {
  const there = statSync(file, { bigint: true, throwIfNoEntry: false });
  const ours = fstatSync(descriptor, { bigint: true });
  if (there?.ino === ours.ino && there.dev === ours.dev) return;
  throw new Error('its state file was removed, or another sandbox uses it now');
}
