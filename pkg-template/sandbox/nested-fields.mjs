import { issueOfField, parseEncryptedField, text } from './fields.mjs';
import { paramError, unknownField, unknownValue } from './refusal.mjs';

/** How many characters of a wrong value or name `detail` contains: enough to recognize it. */
const SHOWN_LENGTH = 256;

// The rules of fields that are not plain text: numbers, objects, arrays. Each has `parse`, which gives
// the checked value, or throws the refusal with the JSON Pointer of what is wrong.

/**
 * The rule of a whole number. Amounts of money are in fen, 0.01 yuan. One that is none of the `documented`
 * ones is noted.
 */
export function integer({ min = 0, max = 2 ** 53 - 1, documented, optional = false } = {}) {
  return Object.freeze({
    optional,
    parse(value, at) {
      if (!Number.isInteger(value)) refuse(at, value, 'is not a whole number');
      if (value < min || value > max) refuse(at, value, `is not from ${min} to ${max}`);
      noteUnknown(documented, value, at);
      return value;
    },
  });
}

/** The rule of a boolean. */
export function flag({ optional = false } = {}) {
  return Object.freeze({
    optional,
    parse(value, at) {
      return typeof value === 'boolean' ? value : refuse(at, value, 'is not true or false');
    },
  });
}

/**
 * The rule of an object with these fields. Any other is noted.
 *
 * @param {Record<string, object>} fields
 * @param {{ optional?: boolean, problem?: (value: object) => { name: string, issue: string } | undefined }}
 *   [more] `problem` checks the fields against each other
 */
export function object(fields, { optional = false, problem = () => undefined } = {}) {
  return Object.freeze({
    optional,
    parse(value, at) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        refuse(at, value, 'is not an object');
      }
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(fields, name)) {
          const { pointer: field, note } = below(at, name);
          note(unknownField({ field, value: shown(value[name]), location: 'body' }));
        }
      }
      const parsed = Object.entries(fields).map(([name, rule]) => {
        if (Object.hasOwn(value, name))
          return [[name, parseRule(rule, value[name], below(at, name))]];
        return rule.optional ? [] : refuse(below(at, name), '', 'is required');
      });
      const { name, issue } = problem(value) ?? {};
      if (issue !== undefined) refuse(below(at, name), value[name] ?? '', issue);
      return Object.fromEntries(parsed.flat());
    },
  });
}

/** The rule of an array of `min` to `max` elements. */
export function list(item, { min = 1, max, optional = false }) {
  return Object.freeze({
    optional,
    parse(value, at) {
      if (!Array.isArray(value)) refuse(at, value, 'is not an array');
      if (value.length < min || value.length > max) {
        refuse(at, value, `does not have ${min} to ${max} elements`);
      }
      return value.map((each, index) => parseRule(item, each, below(at, String(index))));
    },
  });
}

/**
 * A rule of a text, with one more.
 *
 * @param {Parameters<typeof text>[0]} limits
 * @param {(value: string) => string | undefined} issueOf
 */
export function textWith(limits, issueOf) {
  const rule = text(limits);
  return Object.freeze({
    optional: rule.optional,
    parse(value, at) {
      const issue = issueOfField(rule, value) ?? issueOf(value);
      return issue === undefined ? value : refuse(at, value, issue);
    },
  });
}

function parseRule(rule, value, at) {
  if (rule.parse) return rule.parse(value, at);
  if (rule.encrypted) {
    const { issue, value: plaintext } = parseEncryptedField(rule, value, at.privateKey);
    // Without the value, since it may be the plain text of a sensitive field.
    return issue === undefined ? plaintext : refuse(at, undefined, issue);
  }
  const issue = issueOfField(rule, value);
  if (issue !== undefined) refuse(at, value, issue);
  noteUnknown(rule.documented, value, at);
  return value;
}

function noteUnknown(values, value, { pointer: field, note }) {
  if (values?.includes(value) !== false) return;
  note(unknownValue({ field, value, values, location: 'body' }));
}

// `at` is where a value is, the key that decrypts what stands there, and what notes a problem.
function below({ pointer, ...more }, name) {
  const escaped = name.slice(0, SHOWN_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...more, pointer: `${pointer}/${escaped}` };
}

function refuse({ pointer }, value, issue) {
  throw paramError({ field: pointer, value: shown(value), issue, location: 'body' });
}

function shown(value) {
  if (typeof value === 'string') return value.slice(0, SHOWN_LENGTH);
  if (Array.isArray(value)) return '[array]';
  // Objects are not serialized: a deeply nested one can be parsed, but overflows the stack of
  // JSON.stringify.
  return typeof value === 'object' && value !== null ? '[object]' : value;
}
