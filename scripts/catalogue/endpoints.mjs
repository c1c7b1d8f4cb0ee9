// The catalogue → what the sandbox needs of it, as one text: each string and each shape once.
// pkg-template/sandbox/documented/facts.mjs reads it.
//
// node scripts/catalogue/endpoints.mjs   writes the text

import { main } from '../run.mjs';
import { readCatalogue } from './read.mjs';

/** The types by their numbers. The sandbox has the same list. */
const TYPES = [
  ...['string', 'integer', 'number', 'boolean', 'unknown'],
  ...['object', 'array', 'file', 'nothing'],
];

/**
 * The text. It is JSON of four lists, the same for the same catalogue:
 *
 * - the strings, those that are used most first;
 * - the shapes: `[type, facts]`, an object `[type, name, shape, name, shape, …]`, an array
 *   `[type, shape of its items, facts]`. A string and a shape are numbers, their places in the lists. A
 *   field that may be left out has the name `~number`;
 * - the operations: method, path, the shapes of variables, query, headers, form and body, whether the
 *   body is required, the status of the response, and its shape. -1 stands for "none";
 * - the codes of errors: code, statuses, meaning.
 */
export function endpointsText(catalogue) {
  const counts = new Map();
  encode(catalogue, (text) => {
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return 0;
  });
  const strings = [...counts].sort(([, one], [, other]) => other - one).map(([text]) => text);
  const places = new Map(strings.map((text, place) => [text, place]));
  const { shapes, operations } = encode(catalogue, (text) => places.get(text));
  const errors = catalogue.errors.map(({ code, statuses, meaning }) => [code, statuses, meaning]);
  return JSON.stringify([strings, shapes, operations, errors]);
}

function encode({ operations }, place) {
  const shapes = [];
  const places = new Map();
  const intern = (shape) => {
    const key = JSON.stringify(shape);
    if (!places.has(key)) places.set(key, shapes.push(shape) - 1);
    return places.get(key);
  };
  const shapeOf = (schema) => {
    const type = TYPES.indexOf(schema.type);
    if (schema.type === 'object') return intern([type, ...fieldsOf(schema.fields)]);
    const facts = factsOf(schema);
    const more = Object.keys(facts).length > 0 ? [facts] : [];
    return intern(
      schema.type === 'array' ? [type, shapeOf(schema.items), ...more] : [type, ...more],
    );
  };
  const fieldsOf = (fields) =>
    fields.flatMap(({ name, required, schema }) => [
      required ? place(name) : ~place(name),
      shapeOf(schema),
    ]);
  const literalOf = (value) => (typeof value === 'string' ? place(value) : [value]);
  const factsOf = (schema) => ({
    ...(schema.enum && { e: schema.enum.map(literalOf) }),
    ...(schema.min !== undefined && { l: schema.min }),
    ...(schema.max !== undefined && { h: schema.max }),
    ...(schema.pattern && { p: place(schema.pattern) }),
    ...(schema.format && { f: place(schema.format) }),
    ...(schema.encrypted && { c: 1 }),
    ...(schema.nullable && { n: 1 }),
    ...(schema.example !== undefined && { x: literalOf(schema.example) }),
    ...(schema.json && { j: shapeOf(schema.json) }),
    ...(schema.mediaTypes?.length > 0 && { m: place(schema.mediaTypes[0]) }),
  });
  const parameters = (fields) => (fields?.length > 0 ? shapeOf({ type: 'object', fields }) : -1);
  return {
    shapes,
    operations: operations.map((operation) => {
      const [[status, response]] = operation.responses;
      return [
        operation.method,
        operation.path,
        parameters(operation.variables),
        parameters(operation.query),
        parameters(operation.headers),
        parameters(operation.form),
        operation.body ? shapeOf(operation.body) : -1,
        operation.bodyRequired ? 1 : 0,
        status,
        shapeOf(response),
      ];
    }),
  };
}

await main(import.meta.url, async () => {
  process.stdout.write(endpointsText(await readCatalogue()));
});
