// The fields of a schema as rows of a table: name, type, limits.

import { code, pick, plain } from '../markdown.mjs';

// A shape with fewer fields is written wherever it is used.
const SMALL = 4;

/** The shapes that several places of these operations use, by their names. */
export function sharedShapes(operations) {
  const uses = new Map();
  const count = (schema) => {
    if (schema === undefined) return;
    if (schema.type === 'array') return count(schema.items);
    if (schema.json) return count(schema.json);
    if (schema.type !== 'object') return;
    const { name } = schema;
    if (name !== undefined) {
      const seen = uses.get(name);
      if (seen !== undefined) {
        seen.count += 1;
        return;
      }
      uses.set(name, { schema, count: 1 });
    }
    for (const field of schema.fields) count(field.schema);
  };
  for (const { body, query, form, responses } of operations) {
    for (const schema of [body, ...responses.values()]) count(schema);
    for (const { schema } of [...query, ...(form ?? [])]) count(schema);
  }
  return new Map(
    [...uses]
      .filter(([, { schema, count }]) => count > 1 && schema.fields.length >= SMALL)
      .map(([name, { schema }]) => [name, schema]),
  );
}

export const anchorOf = (shape) => `shape-${shape.toLowerCase()}`;

/**
 * The rows of fields, those of nested objects after their own: `[name, type, limits]`.
 *
 * @param {Map<string, object>} shapes that are written elsewhere on the page
 */
export function rowsOf(fields, language, shapes, prefix = '') {
  return fields.flatMap(({ name, required, schema }) => {
    const path = `${prefix}${name}`;
    const { said, inner, suffix } = typeOf(schema, language, shapes);
    const needed = required ? pick(language)(', required', '，必填') : '';
    const row = [code(path), `${said}${needed}`, limitsOf(schema, language)];
    return [row, ...rowsOf(inner, language, shapes, `${path}${suffix}.`)];
  });
}

/** What a type is called, and the fields that follow it. */
export function typeOf(schema, language, shapes) {
  const say = pick(language);
  if (schema.json) {
    const { said, inner, suffix } = typeOf(schema.json, language, shapes);
    return { said: say(`JSON of ${said}, as a string`, `JSON 字符串（${said}）`), inner, suffix };
  }
  if (schema.type === 'array') {
    const { said, inner, suffix } = typeOf(schema.items, language, shapes);
    return { said: say(`array of ${said}`, `${said} 数组`), inner, suffix: `[]${suffix}` };
  }
  if (schema.type !== 'object') return { said: plain(schema.type), inner: [], suffix: '' };
  if (shapes.has(schema.name)) {
    return { said: `[${schema.name}](#${anchorOf(schema.name)})`, inner: [], suffix: '' };
  }
  return { said: 'object', inner: schema.fields, suffix: '' };
}

function limitsOf(schema, language) {
  const say = pick(language);
  const own = [];
  const { min, max } = schema;
  if (min !== undefined || max !== undefined) {
    const range = between(min, max, say);
    if (schema.type === 'array') own.push(say(`${range} items`, `${range} 项`));
    else if (schema.type === 'string') own.push(say(`${range} characters`, `${range} 个字符`));
    else own.push(range);
  }
  if (schema.type === 'array')
    return [...own, limitsOf(schema.items, language)].filter(Boolean).join(say('; ', '；'));
  if (schema.encrypted) own.push(say('encrypted', '敏感信息加密'));
  if (schema.nullable) own.push(say('or null', '可为 null'));
  if (schema.format) own.push(code(schema.format));
  if (schema.pattern) own.push(code(`/${schema.pattern}/`));
  if (schema.enum) own.push(schema.enum.map(code).join(say(', ', '、')));
  if (schema.default !== undefined)
    own.push(say(`default ${code(schema.default)}`, `默认 ${code(schema.default)}`));
  return own.join(say('; ', '；'));
}

function between(min, max, say) {
  if (max === undefined) return say(`at least ${min}`, `至少 ${min}`);
  if (min === undefined) return say(`at most ${max}`, `至多 ${max}`);
  return min === max ? String(min) : say(`${min} to ${max}`, `${min} 至 ${max}`);
}
