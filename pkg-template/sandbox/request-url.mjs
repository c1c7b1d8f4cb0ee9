import { issueOfField } from './fields.mjs';
import { paramError, unknownField, unknownValue } from './refusal.mjs';

/**
 * Parses the path segments that contain parameters.
 *
 * @param {Record<string, string>} values by name, percent-encoded
 * @param {Record<string, object>} [fields] the endpoint's
 * @returns {Record<string, string>}
 */
export function parseSegments(values, fields) {
  return parse(
    Object.entries(values).map(([name, value]) => [name, decodeSegment(name, value)]),
    fields,
    'path',
  );
}

/**
 * Parses a query. It has the parameters of the endpoint, each once and within its limits. Any other is
 * noted.
 *
 * @param {string} query
 * @param {Record<string, object> | undefined} fields the endpoint's
 * @param {(problem: Error) => void} note
 * @returns {Record<string, string>}
 */
export function parseQuery(query, fields, note) {
  return parse([...new URLSearchParams(query)], fields, 'query', note);
}

function parse(values, fields = {}, location, note) {
  const found = new Map();
  for (const [field, value] of values) {
    if (!Object.hasOwn(fields, field)) {
      note(unknownField({ field, value, location }));
      continue;
    }
    if (found.has(field)) throw paramError({ field, value, issue: 'is there twice', location });
    found.set(field, value);
  }
  for (const [field, rule] of Object.entries(fields)) {
    const value = found.get(field);
    if (value === undefined && rule.optional) continue;
    const issue = value === undefined ? 'is required' : issueOfField(rule, value);
    if (issue !== undefined) throw paramError({ field, value: value ?? '', issue, location });
    if (rule.documented?.includes(value) === false) {
      note(unknownValue({ field, value, values: rule.documented, location }));
    }
  }
  return Object.fromEntries(found);
}

/** Decodes a segment of a path. */
export function decodeSegment(field, value) {
  try {
    return decodeURIComponent(value);
  } catch {
    throw paramError({ field, value, issue: 'is not percent-encoded UTF-8', location: 'path' });
  }
}
