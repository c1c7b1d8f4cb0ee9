import { faultOfField } from './fields.mjs';
import { paramError } from './refusal.mjs';

/**
 * Parses the segments of a path that stand for a parameter.
 *
 * @param {Record<string, string>} values by name, percent-encoded
 * @param {Record<string, object>} [fields] the endpoint's
 * @returns {Record<string, string>}
 */
export function parseSegments(values, fields = {}) {
  return parse(
    Object.entries(values).map(([name, value]) => [name, decoded(name, value)]),
    fields,
    'path',
  );
}

/**
 * Parses a query: the endpoint's parameters, each once and within its limits, and no others.
 *
 * @param {string} query
 * @param {Record<string, object>} [fields] the endpoint's
 * @returns {Record<string, string>}
 */
export function parseQuery(query, fields = {}) {
  return parse([...new URLSearchParams(query)], fields, 'query');
}

function parse(values, fields, location) {
  const seen = new Map();
  for (const [field, value] of values) {
    if (!Object.hasOwn(fields, field)) {
      throw paramError({ field, value, issue: 'is not a parameter of this request', location });
    }
    if (seen.has(field)) throw paramError({ field, value, issue: 'is there twice', location });
    seen.set(field, value);
  }
  for (const [field, rule] of Object.entries(fields)) {
    const value = seen.get(field);
    if (value === undefined && rule.optional) continue;
    const issue = value === undefined ? 'is required' : faultOfField(rule, value);
    if (issue !== undefined) throw paramError({ field, value: value ?? '', issue, location });
  }
  return Object.fromEntries(seen);
}

function decoded(field, value) {
  try {
    return decodeURIComponent(value);
  } catch {
    throw paramError({ field, value, issue: 'is not percent-encoded UTF-8', location: 'path' });
  }
}
