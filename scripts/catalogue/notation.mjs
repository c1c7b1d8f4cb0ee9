// One line of the catalogue's notation, such as `string, 1..32, e.g. wx8888888888888888` → a schema.
// catalogue/README.md explains it.

const SCALARS = new Set(['string', 'integer', 'number', 'boolean', 'unknown', 'object', 'file']);

/** What a string may look like. */
export const FORMATS = new Set([
  'rfc3339',
  'date',
  'mm/yy',
  'yyyyMMddHHmmss',
  'url',
  'data-url',
  'media-id',
  'media-url',
  'numeric',
  'uint64',
  'int64',
  'float',
]);

const TYPE = /^(?:(json) )?([A-Za-z]\w*)((?:\[\])*)(?: (enum))?(?: (.*))?$/;
const LIMITS = /^(-?[\d.]+?)?\.\.(-?\d[\d.]*)?( items)?$/;
const EXAMPLE = /(?:^|, )e\.g\. (.*)$/;

/**
 * Reads one line. `shapeOf` gives the schema of a shape by its name, or undefined. Throws an Error that
 * says what is wrong with the line.
 */
export function readType(line, shapeOf) {
  const [, example] = EXAMPLE.exec(line) ?? [];
  const [type, ...facts] = line.replace(EXAMPLE, '').split(', ');
  const schema = typeOf(type, shapeOf);
  const value = innermost(schema);
  for (const fact of facts) addFact(schema, value, fact);
  if (example !== undefined) value.example = parsedValue(value, example, 'example');
  return schema;
}

function typeOf(text, shapeOf) {
  const [, json, base, brackets, enumWord, rest] = TYPE.exec(text) ?? fail(`no type: ${text}`);
  const listed = base === 'enum' || enumWord !== undefined;
  if (rest !== undefined && !listed) fail(`facts are separated by a comma and a space: ${text}`);
  let schema = scalarOf(base === 'enum' ? 'string' : base, shapeOf);
  if (listed) schema.enum = valuesOf(schema, rest);
  for (let depth = brackets.length / 2; depth > 0; depth -= 1) {
    schema = { type: 'array', items: schema };
  }
  return json === undefined ? schema : { type: 'string', json: schema };
}

function scalarOf(name, shapeOf) {
  if (SCALARS.has(name)) return name === 'object' ? { type: name, fields: [] } : { type: name };
  if (name === 'json') return { type: 'string', json: { type: 'unknown' } };
  const shape = shapeOf(name) ?? fail(`unknown type ${name}`);
  // An object is one and the same wherever it is named. What else has a name may get an example there.
  return shape.type === 'object' ? shape : { ...shape };
}

function valuesOf(schema, text) {
  if (text === undefined) fail('enum without a value');
  const values = text.split(' | ').map((value) => parsedValue(schema, value, 'enum'));
  const [twice] = values.filter((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) fail(`enum has ${twice} twice`);
  return values;
}

function addFact(schema, value, fact) {
  const [limits, from, to, items] = LIMITS.exec(fact) ?? [];
  if (limits !== undefined) return addLimits(items ? schema : value, items, from, to);
  if (FORMATS.has(fact)) value.format = fact;
  else if (fact === 'encrypted' || fact === 'nullable') value[fact] = true;
  else if (/^\/.+\/$/.test(fact)) value.pattern = patternOf(fact);
  else if (fact.startsWith('default '))
    value.default = parsedValue(value, fact.slice(8), 'default');
  else fail(`unknown fact: ${fact}`);
}

function addLimits(schema, items, from, to) {
  if (from === undefined && to === undefined) fail('limits without a number');
  if (Number(from) > Number(to)) fail(`${from} is more than ${to}`);
  if ((schema.type === 'array') !== Boolean(items)) {
    fail(items ? 'only an array has items' : 'the number of an array is written `1..50 items`');
  }
  if (!/^(?:array|string|integer|number)$/.test(schema.type)) fail(`${schema.type} has no limits`);
  if (from !== undefined) schema.min = Number(from);
  if (to !== undefined) schema.max = Number(to);
}

function patternOf(fact) {
  const pattern = fact.slice(1, -1);
  try {
    RegExp(pattern, 'u');
  } catch {
    fail(`no regular expression: ${fact}`);
  }
  return pattern;
}

function parsedValue({ type }, text, what) {
  if (type === 'string' || type === 'unknown') return text;
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  const number = Number(text);
  if (
    (type === 'integer' && Number.isInteger(number)) ||
    (type === 'number' && !Number.isNaN(number))
  )
    return number;
  return fail(`${what} ${text} is no ${type}`);
}

function innermost(schema) {
  return schema.type === 'array' ? innermost(schema.items) : schema;
}

function fail(message) {
  throw new Error(message);
}
