// The catalogue → calls that a compiler reads: of every operation a right one in each form of the chain,
// and one with each mistake that its types should notice. A call is one line.

import { property } from './types/literals.mjs';
import { isUpload } from './types/operations.mjs';
import { nameOf } from './types/tree.mjs';

const HEAD = `import type { Wechatpay } from 'wechatpay-wasm';
declare const wxpay: Wechatpay;
`;

/**
 * The text of the right calls. Each reads the fields of its response, too. The forms of the chain
 * have one type.
 */
export function rightCalls({ operations, events }) {
  const lines = operations.filter(isJson).map((operation) => {
    const [link, ...others] = linksOf(operation);
    const same = others.map((other) => ` link = ${other};`).join('');
    const call = `await link.${operation.method.toLowerCase()}(${argument(optionsOf(operation))})`;
    const reads = fieldsOf(operation).map((name) => `data[${JSON.stringify(name)}]`);
    return `{ let link = ${link};${same} const { data } = ${call}; void [${reads.join(', ')}]; }`;
  });
  const uploads = operations.filter(isUpload).map(({ path, responses }) => {
    const [{ fields }] = responses.values();
    const file = "{ filename: 'a.jpg', file: new Uint8Array() }";
    return `void (await wxpay.upload(${JSON.stringify(path)}, ${file})).${fields[0].name};`;
  });
  const cases = [...new Set(events.flatMap(({ names }) => names))].map((name) => {
    const fields = events
      .filter(({ names }) => names.includes(name))
      .flatMap(({ resource }) => resource?.fields ?? []);
    const reads = fields.map((field) => `event.resource.${field.name}`);
    return `if (event.eventType === ${JSON.stringify(name)}) void [${reads.join(', ')}];`;
  });
  const event = "const event = await wxpay.notification({ headers: {}, body: '' });";
  return `${HEAD}${[...lines, ...uploads, event, ...cases].join('\n')}\n`;
}

/**
 * The text of the wrong calls, and what each line with a mistake is about: a Map from its number to the
 * name that the compiler has to say.
 */
export function wrongCalls({ operations }) {
  const lines = HEAD.split('\n').slice(0, -1);
  const named = new Map();
  for (const [i, operation] of operations.entries()) {
    const links = linksOf(operation);
    const call = `${links[i % links.length]}.${operation.method.toLowerCase()}`;
    for (const { name, options } of mistakesIn(operation)) {
      lines.push(`await ${call}(${written(options)});`);
      named.set(lines.length, name);
    }
  }
  return { text: `${lines.join('\n')}\n`, named };
}

/** How the chain writes the path of an operation. */
function linksOf({ path }) {
  const whole = JSON.stringify(path.slice(1));
  const chain = `wxpay.chain(${whole})`;
  if (!path.startsWith('/v3/')) return [chain];
  const segments = path.slice(1).split('/').map(nameOf);
  const links = segments.map((name) =>
    /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
  );
  return [`wxpay${links.join('')}`, chain, `wxpay[${whole}]`];
}

function optionsOf({ variables, query, headers, body }) {
  return {
    ...Object.fromEntries(variables.map(({ name, schema }) => [name, sample(schema)])),
    ...(query.length > 0 && { query: sample({ type: 'object', fields: query }) }),
    ...(headers.length > 0 && { headers: sample({ type: 'object', fields: headers }) }),
    ...(body && { json: sample(body) }),
  };
}

function fieldsOf({ responses }) {
  const [response, ...more] = responses.values();
  return more.length === 0 && response.type === 'object'
    ? response.fields.map(({ name }) => name)
    : [];
}

// An upload and a file have methods of their own: any call by the chain is a mistake.
function isJson({ form, responses }) {
  return form === undefined && [...responses.values()].every(({ type }) => type !== 'file');
}

function mistakesIn(operation) {
  const options = optionsOf(operation);
  if (!isJson(operation)) return [{ name: 'json', options: { json: {} } }];
  const [place, fields] = placeOf(operation);
  const put = (record) => (place === undefined ? record : { ...options, [place]: record });
  const given = place === undefined ? options : options[place];
  if (fields.length === 0) return [{ name: 'querry', options: { ...options, querry: {} } }];

  const [{ name, schema }] = fields;
  const mistakes = [
    {
      name: `${name}x`,
      options: put({ ...without(given, name), [`${name}x`]: given[name], [name]: given[name] }),
    },
    { name: undefined, options: put({ ...given, [name]: wrongFor(schema) }) },
  ];
  const required = fields.find((field) => field.required);
  if (required) mistakes.push({ name: required.name, options: put(without(given, required.name)) });
  return mistakes;
}

// Where the mistake is made: in the body, else in the query, else in a variable.
function placeOf({ variables, query, body }) {
  if (body?.fields?.length > 0) return ['json', body.fields];
  if (query.length > 0) return ['query', query];
  return [undefined, variables];
}

const without = (record, name) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

// What is neither a text nor a number, or not the other kind of value.
function wrongFor({ type }) {
  return type === 'object' || type === 'array' || type === 'boolean' ? 7 : true;
}

function sample(schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.example !== undefined) return schema.example;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(schema.fields.map((field) => [field.name, sample(field.schema)]));
    case 'array':
      return [sample(schema.items)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return 'x';
  }
}

// As a person would write it: a compiler names a property as it is written.
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, of]) => `${property(name)}: ${written(of)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const argument = (options) => (Object.keys(options).length === 0 ? '' : written(options));
