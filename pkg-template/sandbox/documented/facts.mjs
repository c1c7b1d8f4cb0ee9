import { createRequire } from 'node:module';

/** The types by their numbers, as `scripts/catalogue/endpoints.mjs` writes them. */
const TYPES = [
  ...['string', 'integer', 'number', 'boolean', 'unknown'],
  ...['object', 'array', 'file', 'nothing'],
];

let facts;

/**
 * What WeChat Pay documents of its endpoints, and of its codes of errors. The file beside the sandbox is
 * read at the first use: most tests need none of it.
 *
 * @returns {{ operations: object[], errors: Map<string, { statuses: number[], meaning: string }> }}
 */
export function documentedFacts() {
  // The build lets both forms of the sandbox find the same file here.
  facts ??= decode(createRequire(import.meta.url)('./endpoints.json'));
  return facts;
}

function decode([strings, shapes, operations, errors]) {
  const schemas = new Map();
  const schemaOf = (place) => {
    if (place < 0) return undefined;
    if (!schemas.has(place)) schemas.set(place, Object.freeze(decodeShape(shapes[place])));
    return schemas.get(place);
  };
  const decodeShape = ([number, ...rest]) => {
    const type = TYPES[number];
    if (type === 'object') return { type, fields: fieldsOf(rest) };
    if (type === 'array') return { type, items: schemaOf(rest[0]), ...factsOf(rest[1]) };
    return { type, ...factsOf(rest[0]) };
  };
  const fieldsOf = (list) => {
    const fields = [];
    for (let at = 0; at < list.length; at += 2) {
      const required = list[at] >= 0;
      const name = strings[required ? list[at] : ~list[at]];
      fields.push({ name, required, schema: schemaOf(list[at + 1]) });
    }
    return fields;
  };
  const literalOf = (value) => (Array.isArray(value) ? value[0] : strings[value]);
  const factsOf = ({ e, l, h, p, f, c, n, x, j, m } = {}) => ({
    enum: e?.map(literalOf),
    min: l,
    max: h,
    pattern: p === undefined ? undefined : new RegExp(`^(?:${strings[p]})$`, 'u'),
    format: strings[f],
    encrypted: c === 1,
    nullable: n === 1,
    example: x === undefined ? undefined : literalOf(x),
    json: j === undefined ? undefined : schemaOf(j),
    mediaType: strings[m],
  });
  return {
    errors: new Map(errors.map(([code, statuses, meaning]) => [code, { statuses, meaning }])),
    // The shapes of an operation are decoded when it is called.
    operations: operations.map(
      ([method, path, variables, query, headers, form, body, bodyRequired, status, response]) => ({
        method,
        path,
        status,
        bodyRequired: bodyRequired === 1,
        get variables() {
          return schemaOf(variables)?.fields ?? [];
        },
        get query() {
          return schemaOf(query)?.fields ?? [];
        },
        get headers() {
          return schemaOf(headers)?.fields ?? [];
        },
        get form() {
          return schemaOf(form)?.fields;
        },
        get body() {
          return schemaOf(body);
        },
        get response() {
          return schemaOf(response);
        },
      }),
    ),
  };
}
