import { readFileSync } from 'node:fs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

/**
 * Completes the fields of an event: an object, in which `path=value` sets single members. A value has the
 * type that it has in the sample; `path:=value` takes any JSON.
 *
 * @param {{ json: string | undefined, fields: string[], sample: object }} given
 * @returns {object}
 */
export function eventFields({ json, fields, sample }) {
  const all = json === undefined ? {} : readObject(json);
  for (const field of fields) {
    const [, path, json, text] = field.match(/^([^=:]+)(:?)=([\s\S]*)$/) ?? [];
    if (path === undefined) {
      throw new UsageError(told('field-form'));
    }
    set(all, path.split('.'), sample, (before) =>
      json ? parseJson('--field', text) : typed(path, text, before),
    );
  }
  return all;
}

/** JSON, or the file that `@path` names; `@-` is stdin. */
function readObject(given) {
  const value = parseJson('--json', given.startsWith('@') ? readText(given.slice(1)) : given);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(told('json-object'));
}

function readText(path) {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch ({ code }) {
    throw new UsageError(told('unreadable', { what: '--json', path, code }));
  }
}

function parseJson(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(told('no-json-at-all', { name }));
  }
}

function set(target, [name, ...rest], sample, valueFrom) {
  const before = member(sample, name);
  if (rest.length === 0) {
    define(target, name, valueFrom(before));
    return;
  }
  const given = member(target, name);
  // The fields that are given replace an array as a whole.
  const inner = isContainer(given) ? given : Array.isArray(before) ? structuredClone(before) : {};
  define(target, name, inner);
  set(inner, rest, before, valueFrom);
}

const isContainer = (value) => typeof value === 'object' && value !== null;

function member(value, name) {
  return isContainer(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

// Assignment would set the prototype for a member that is named __proto__.
function define(target, name, value) {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function typed(path, text, before) {
  if (typeof before === 'number') {
    if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
    throw new UsageError(told('field-number', { path }));
  }
  if (typeof before !== 'boolean') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(told('field-boolean', { path }));
}
