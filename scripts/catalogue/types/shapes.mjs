// Schemas → interfaces. Two objects with the same members are one interface, wherever they stand.
//
// A side is `request`, `patch` or `response`. Names in requests are closed, and what is required is
// required; nothing nested is in a PATCH. In a response a field is there where the documents say so: at
// the top level, and below only where a second source was compared.

import { comment, literal, property } from './literals.mjs';
import { Names } from './names.mjs';

// A list of values shorter than this is written where it is used.
const SHORT = 60;

// An object of so few fields is named after them, if several operations have it.
const FEW = 2;

export class Shapes {
  #names;
  #byText = new Map();

  constructor(others) {
    this.#names = new Names(others);
  }

  /**
   * Stands for the interface or alias with this text, until `named` puts its name there. `before` and
   * `last` tell it from others; `fields` are the names that it has.
   */
  declare(text, before, last, fields = []) {
    const known = this.#byText.get(text) ?? { number: this.#byText.size, fields, places: [] };
    known.places.push({ before, last });
    this.#byText.set(text, known);
    return `#${known.number}#`;
  }

  /** `text` with names, and every declaration, in the order in which they were met. */
  named(text) {
    const names = [...this.#byText.values()].map((shape) => this.#nameOf(shape));
    const declarations = [...this.#byText.keys()].map((of, number) =>
      /^(?:\{|extends)/.test(of)
        ? `interface ${names[number]} ${of}`
        : `type ${names[number]} = ${of};`,
    );
    return `${text}\n${declarations.join('\n')}\n`.replaceAll(
      /#(\d+)#/g,
      (_, number) => names[Number(number)],
    );
  }

  // What several operations send or receive is named after the beginning of their paths.
  #nameOf({ places, fields }) {
    const [{ before, last }] = places;
    const [, root] = / (request|response)$/.exec(last) ?? [];
    if (root === undefined || places.length === 1) return this.#names.take(before, last);
    if (fields.length <= FEW) return this.#names.take(before, `${fields.join(' and ')} ${root}`);
    const [path, ...others] = places.map((place) => [
      ...place.before,
      place.last.replace(/ \w+$/, ''),
    ]);
    const shared = path.findIndex((_, i) => others.some((other) => other[i] !== path[i]));
    const common = shared < 0 ? path : path.slice(0, shared);
    if (common.length === 0) return this.#names.take(before, last);
    return this.#names.take(common.slice(0, -1), `${common.at(-1)} ${root}`);
  }

  /**
   * The type of a schema. `before` and `last` name it where it is an object; `trusted` says whether its
   * `required` counts in a response below the top level.
   */
  typeOf(schema, { side, trusted = false, before, last, depth = 0 }) {
    const place = { side, trusted, before, last, depth };
    const type = this.#plainTypeOf(schema, place);
    return schema.nullable && side === 'response' ? `${type} | null` : type;
  }

  #plainTypeOf(schema, place) {
    if (schema.enum) return this.#enumOf(schema, place);
    switch (schema.type) {
      case 'integer':
        return 'number';
      case 'array':
        return this.#arrayOf(schema, place);
      case 'object':
        return this.#objectOf(schema, place);
      default:
        return schema.type;
    }
  }

  // WeChat Pay adds values at any time, so that every list is open.
  #enumOf({ type, enum: values, name }, { before, last }) {
    const kind = type === 'string' ? 'string' : 'number';
    const text = [...values.map(literal), `(${kind} & {})`].join(' | ');
    return text.length < SHORT ? text : this.declare(text, before, name ?? last);
  }

  #arrayOf({ items }, place) {
    const element = this.typeOf(items, { ...place, depth: place.depth + 1 });
    const list = /[ ]/.test(element) ? `(${element})[]` : `${element}[]`;
    return place.side === 'response' ? list : `readonly ${list}`;
  }

  #objectOf({ fields, name }, place) {
    const response = place.side === 'response';
    if (fields.length === 0) return response ? 'Record<string, unknown>' : 'object';
    const { before, last } = place;
    const members = fields.map((field) => {
      const required = field.required && isTrusted(place);
      const type = this.typeOf(field.schema, {
        ...place,
        before: place.depth === 0 ? before : [...before, name ?? last],
        last: field.name,
        depth: place.depth + 1,
      });
      const optional = required || response ? '' : ' | undefined';
      const line = `  ${property(field.name)}${required ? '' : '?'}: ${type}${optional};`;
      return `${comment(factsOf(field.schema, place.side))}${line}`;
    });
    return this.declare(
      `{\n${members.join('\n')}\n}`,
      before,
      place.depth === 0 ? last : (name ?? last),
      fields.map((field) => field.name),
    );
  }
}

function isTrusted({ side, trusted, depth }) {
  return depth === 0 || side === 'request' || (side === 'response' && trusted);
}

function factsOf(schema, side) {
  const value = schema.type === 'array' ? schema.items : schema;
  const encrypted = side === 'response' ? 'Encrypted: see `decrypt`.' : 'Sent encrypted.';
  return [
    value.encrypted && encrypted,
    schema.type === 'array' && limits(schema, ' elements.'),
    value.type === 'string' && limits(value, ' characters.'),
    /^(?:integer|number)$/.test(value.type) && limits(value, '.'),
    value.json && 'A text of JSON.',
    value.format === 'rfc3339' && 'RFC 3339.',
  ];
}

function limits({ min, max }, unit) {
  if (max === undefined) return min === undefined ? '' : `At least ${min}${unit}`;
  return min === undefined ? `At most ${max}${unit}` : `${min} to ${max}${unit}`;
}
