import { readFileSync } from 'node:fs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

// As Node's own `--env-file` reads them, which this Node may not have: NAME=value, with or without `export`,
// the value bare up to a ` #`, or in quotes, where it may have several lines.
const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|`([^`]*)`|([^\r\n]*))/gm;

/**
 * The variables of a dotenv file.
 *
 * @param {string} path
 * @param {boolean} isNeeded whether it was asked for by name; otherwise it may be missing
 * @returns {Record<string, string>}
 * @throws {UsageError} if it cannot be read
 */
export function readDotenv(path, isNeeded) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch ({ code }) {
    if (code === 'ENOENT' && !isNeeded) return {};
    throw new UsageError(told('unreadable', { what: '--env', path, code }));
  }
  return parseDotenv(text);
}

/**
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseDotenv(text) {
  const variables = {};
  for (const [, name, single, double, backtick, bare] of text.matchAll(LINE)) {
    const quoted = single ?? double?.replace(/\\n/g, '\n') ?? backtick;
    variables[name] = quoted ?? bare.replace(/(?:^|[ \t])#.*$/, '').trim();
  }
  return variables;
}
