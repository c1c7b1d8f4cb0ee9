import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** The first line of a file: what it is, and how it is written. */
const HEADER = JSON.stringify({ 'wechatpay-wasm sandbox': 1 });

/** How many entries a table without a file has. The limit keeps the memory of a load test constant. */
const MAX_ENTRIES = 10_000;

/**
 * What the sandbox remembers: tables of JSON values by their keys. With a file, each change is in it
 * before the response that tells of it is sent, and a sandbox that starts with the file has all of it.
 *
 * The file is a journal, one change on each line: a process that is killed in the middle of a line
 * loses that one change, which nobody was told of. When a sandbox starts, it writes what is left of the
 * journal to a new file, which then takes the place of the old one.
 *
 * @param {string | undefined} file
 * @param {() => void} [onChange] is called after each change
 */
export function createState(file, onChange = () => {}) {
  const tables = new Map();
  const rowsOf = (name) => {
    if (!tables.has(name)) tables.set(name, new Map());
    return tables.get(name);
  };
  for (const [name, key, value] of file === undefined ? [] : readJournal(file)) {
    if (value === undefined) rowsOf(name).delete(key);
    else rowsOf(name).set(key, value);
  }
  let journal = file === undefined ? undefined : openCompacted(file, tables);
  return {
    /** A table by its name. Its values are not to be changed, but replaced. */
    table(name) {
      const rows = rowsOf(name);
      return {
        get: (key) => rows.get(key),
        /** The values, the oldest key first. */
        values: () => [...rows.values()],
        set(key, value) {
          rows.set(key, value);
          if (journal !== undefined) writeSync(journal, line(name, key, value));
          else if (rows.size > MAX_ENTRIES) rows.delete(rows.keys().next().value);
          onChange();
        },
        delete(key) {
          if (rows.delete(key) && journal !== undefined) writeSync(journal, line(name, key));
        },
      };
    },
    close() {
      if (journal !== undefined) closeSync(journal);
      journal = undefined;
    },
  };
}

function line(name, key, value) {
  return `${JSON.stringify(value === undefined ? [name, key] : [name, key, value])}\n`;
}

function readJournal(file) {
  if (!existsSync(file)) return [];
  const [header, ...lines] = readFileSync(file, 'utf8').split('\n');
  if (header !== HEADER) refuse('that no sandbox of this version has written');
  try {
    // What follows the last line feed was not finished.
    return lines.slice(0, -1).map((text) => JSON.parse(text));
  } catch {
    return refuse('with a line that is not JSON');
  }
}

function refuse(what) {
  throw new TypeError(`createSandbox: state names a file ${what}: name another one`);
}

function openCompacted(file, tables) {
  const fresh = `${file}.${process.pid}.new`;
  const lines = [...tables].flatMap(([name, rows]) =>
    [...rows].map(([key, value]) => line(name, key, value)),
  );
  try {
    // Only for its owner: it holds the keys of the sandbox.
    writeFileSync(fresh, `${HEADER}\n${lines.join('')}`, { mode: 0o600 });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  return openSync(file, constants.O_WRONLY | constants.O_APPEND);
}
