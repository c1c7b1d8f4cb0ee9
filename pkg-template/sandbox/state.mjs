import { openJournal, readJournal } from './journal.mjs';

/** How many entries a table without a file has. The limit keeps the memory of a load test constant. */
const MAX_ENTRIES = 10_000;

/**
 * What the sandbox remembers: tables of JSON values by their keys. With a file, each change is in it
 * before the response that tells of it is sent, and a sandbox that starts with the file has all of it.
 *
 * The file is a journal, what belongs together on each line: a process that is killed in the middle of a
 * line loses that one line, which nobody was told of.
 *
 * @param {string | undefined} file
 * @param {() => void} [onChange] is called after changes
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
  const journal = file === undefined ? undefined : openJournal(file, entriesOf(tables));
  // What has changed since `atomically` began, and what was there before.
  let changes;

  /**
   * Does what belongs together: all of it is remembered, or, if `work` throws, nothing.
   *
   * @template Result
   * @param {() => Result} work is not awaited
   * @returns {Result}
   */
  function atomically(work) {
    if (changes !== undefined) return work();
    changes = [];
    try {
      const result = work();
      if (changes.length > 0) {
        journal?.append(changes.map(({ change }) => change));
        onChange();
      }
      return result;
    } catch (error) {
      for (const { undo } of changes.reverse()) undo();
      throw error;
    } finally {
      changes = undefined;
    }
  }

  function put(rows, key, value) {
    if (value === undefined) rows.delete(key);
    else rows.set(key, value);
  }

  return {
    atomically,
    /** A table by its name. Its values are not to be changed, but replaced. */
    table(name) {
      const rows = rowsOf(name);
      const write = (key, value) =>
        atomically(() => {
          const before = rows.get(key);
          const change = value === undefined ? [name, key] : [name, key, value];
          changes.push({ change, undo: () => put(rows, key, before) });
          put(rows, key, value);
        });
      return {
        get: (key) => rows.get(key),
        /** The values, the oldest key first. */
        values: () => [...rows.values()],
        set(key, value) {
          write(key, value);
          if (journal === undefined && rows.size > MAX_ENTRIES) {
            rows.delete(rows.keys().next().value);
          }
        },
        delete(key) {
          if (rows.has(key)) write(key, undefined);
        },
      };
    },
    close: () => journal?.close(),
  };
}

function entriesOf(tables) {
  return [...tables].flatMap(([name, rows]) => [...rows].map(([key, value]) => [name, key, value]));
}
