// @ts-check
// Environment variables, as serverless platforms have them. Rust decides what they mean
// (`src/protocol/environment.rs`), and which mistake is the first one.

import { configError } from './failures.mjs';
import { isPlain, kindOf, MOST_TEXT, member, text, wellFormed } from './foreign.mjs';
import { message } from './message.mjs';
import { camelCase } from './names.mjs';

/**
 * What was found under a name: `NAME`, `NAME_FILE` (a path), and `NAME_FILE content` (what the file
 * holds, which is read only where `NAME` has no value). A name is not there where nothing is set, and
 * is `null` where it could not be read: `failures` then says why, to be thrown if Rust asks for it.
 *
 * @typedef {object} Environment
 * @property {{ [name: string]: string | null }} texts written as JSON for Rust
 * @property {Map<string, unknown>} failures an error for each `null` of `texts`
 */

/**
 * Reads the variables, and the files that they name. It throws only where `env` is no object.
 *
 * @param {unknown} env
 * @param {readonly [name: string, option: string][]} variables
 * @param {(path: string) => unknown} readFile gives a file's text; throws where the host has no files
 * @returns {Environment}
 */
export function readEnvironment(env, variables, readFile) {
  if (!isPlain(env)) {
    throw configError(
      'env',
      message('must be an object of environment variables, not {}', kindOf(env)),
    );
  }
  /** @type {Environment} */
  const { texts, failures } = { texts: {}, failures: new Map() };
  /** @type {(name: string, read: () => string | undefined) => string | undefined} */
  const note = (name, read) => {
    try {
      const found = read();
      if (found !== undefined) texts[name] = found;
      return found;
    } catch (failure) {
      texts[name] = null;
      failures.set(name, failure);
      return undefined;
    }
  };
  for (const [name, option] of variables) {
    const lookUp = (/** @type {string} */ key) => note(key, () => readVariable(env, key, option));
    const value = lookUp(name);
    const path = lookUp(`${name}_FILE`);
    if (!value && path)
      note(`${name}_FILE content`, () => readContent(readFile, path, name, option));
  }
  return { texts, failures };
}

/**
 * @param {object} env
 * @param {string} name
 * @param {string} option
 */
export function readVariable(env, name, option) {
  const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
    configError(camelCase(option), message('{} in the environment {}', name, problem));
  const value = member(env, name, () => refused(message('cannot be read: it throws')));
  return value === undefined ? undefined : bareValue(text(value, refused));
}

/**
 * A value without what stands around it and is none of it: white space, a byte order mark, and the quotes
 * that a shell would take away, and `docker --env-file` or a secret's form does not.
 *
 * @param {string} value
 */
function bareValue(value) {
  // A byte order mark is white space to `trim`.
  const trimmed = value.trim();
  return /^(["'])[\s\S]*\1$/.test(trimmed) && trimmed.length > 1
    ? trimmed.slice(1, -1).trim()
    : trimmed;
}

/**
 * @param {(path: string) => unknown} readFile
 * @param {string} path
 * @param {string} name
 * @param {string} option
 */
function readContent(readFile, path, name, option) {
  let content;
  let cause;
  try {
    content = readFile(path);
  } catch (thrown) {
    cause = thrown;
  }
  if (typeof content === 'string' && content.length > MOST_TEXT) {
    throw configError(
      camelCase(option),
      message(
        'the file that {}_FILE names has more than {} characters: it is another file',
        name,
        MOST_TEXT,
      ),
    );
  }
  if (typeof content === 'string') return bareValue(wellFormed(content));
  throw configError(
    camelCase(option),
    message(
      'the file that {}_FILE names cannot be read; where there are no files, set {} to ' +
        'the value itself',
      name,
      name,
    ),
    cause,
  );
}
