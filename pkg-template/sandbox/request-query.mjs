import { faultOfField } from './fields.mjs';
import { paramError } from './refusal.mjs';

/**
 * Parses the query of a call: the endpoint's parameters, each once and within its limits, and no others.
 *
 * @param {string} query
 * @param {Record<string, object>} fields the endpoint's, as `fields.mjs` makes them; one that may be
 *   left out is `optional`, one of a set has its `values`
 * @returns {Record<string, string>}
 */
export function parseQuery(query, fields = {}) {
  const values = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(fields, name)) refuse(name, value, 'is not a parameter of this request');
    if (Object.hasOwn(values, name)) refuse(name, value, 'is there twice');
    values[name] = value;
  }
  for (const [name, rule] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined && rule.optional) continue;
    if (value === undefined) refuse(name, '', 'is required');
    const issue = faultOfField(rule, value) ?? faultOfChoice(rule, value);
    if (issue !== undefined) refuse(name, value, issue);
  }
  return values;
}

function faultOfChoice({ values }, value) {
  return values === undefined || values.includes(value)
    ? undefined
    : `is none of ${values.join(', ')}`;
}

function refuse(field, value, issue) {
  throw paramError({
    field: field.slice(0, 64),
    value: value.slice(0, 64),
    issue,
    location: 'query',
  });
}
