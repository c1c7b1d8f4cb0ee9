// One file of the catalogue → its entries: operations or events, each with its line, and the problems.

import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { readType } from './notation.mjs';

const OPERATION = /^(GET|POST|PUT|PATCH|DELETE) (\/\S+)$/;
const EVENT = /^[A-Z][A-Z0-9_.]*$/;
const ERROR = /^[A-Z][A-Z0-9_]*$/;
const STATUS = /^2\d\d$/;

const OPERATION_KEYS = new Set([
  ...['title', 'products', 'roles', 'updated', 'documents', 'older', 'checked', 'deprecated'],
  ...['host', 'variables', 'query', 'headers', 'form', 'body', 'body?'],
]);
const EVENT_KEYS = new Set(['title', 'also', 'originalType', 'documents', 'older', 'resource']);

/**
 * Reads the text of the file `path`. `kind` is `operations`, `events` or `errors`. Gives the `entries`
 * and the `problems`, each of them a line of text that begins with the file and the line.
 */
export function readDocument(path, text, kind) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe' });
  const problems = [];
  const say = (node, message) => {
    const line = lines.linePos(node?.range?.[0] ?? 0).line;
    problems.push(`${path}:${line}: ${message}`);
  };
  for (const { pos, message } of document.errors) {
    problems.push(`${path}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`);
  }
  if (problems.length > 0 || !isMap(document.contents)) return { entries: [], problems };

  const lineOf = (node) => lines.linePos(node.range[0]).line;
  const reader = new Reader({ say, path, lineOf });
  return { entries: reader.entries(document.contents, kind), problems };
}

class Reader {
  #say;
  #path;
  #lineOf;
  #shapes = new Map();
  #used = new Set();

  constructor({ say, path, lineOf }) {
    this.#say = say;
    this.#path = path;
    this.#lineOf = lineOf;
  }

  entries(contents, kind) {
    const members = membersOf(contents);
    this.#takeShapes(members.find(({ name }) => name === 'shapes'));
    const defaults = {};
    const entries = [];
    for (const { name, key, value } of members) {
      if (name === 'shapes') continue;
      if (kind === 'operations' && (name === 'products' || name === 'roles')) {
        defaults[name] = list(text(value));
      } else if (kind === 'operations' && OPERATION.test(name)) {
        entries.push(this.#operation(name, key, value, defaults));
      } else if (kind === 'events' && EVENT.test(name)) {
        entries.push(this.#event(name, key, value));
      } else if (kind === 'errors' && ERROR.test(name)) {
        entries.push(this.#error(name, key, value));
      } else {
        this.#say(key, `${name} is none of the ${kind}, and not \`shapes\``);
      }
    }
    for (const [name, { key }] of this.#shapes) {
      if (!this.#used.has(name)) this.#say(key, `nothing uses the shape ${name}`);
    }
    return entries;
  }

  // Each shape is read when its name is met first. What it holds may name others.
  #takeShapes(shapes) {
    if (shapes === undefined) return;
    for (const { name, key, value } of membersOf(shapes.value)) {
      if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
        this.#say(key, `a shape is written in PascalCase: ${name}`);
      this.#shapes.set(name, { key, value, schema: undefined, open: false });
    }
  }

  #shapeOf = (name) => {
    const shape = this.#shapes.get(name);
    if (shape === undefined) return undefined;
    this.#used.add(name);
    if (shape.open) throw new Error(`the shape ${name} holds itself`);
    if (shape.schema === undefined) {
      shape.open = true;
      shape.schema = { name, ...this.#schema(shape.value, shape.key) };
      shape.open = false;
    }
    return shape.schema;
  };

  /** A line of text is a type, a mapping an object, a list of one mapping an array of such objects. */
  #schema(node, key) {
    if (isMap(node)) return { type: 'object', fields: this.#fields(node) };
    if (isSeq(node)) {
      if (node.items.length !== 1 || !isMap(node.items[0])) {
        this.#say(key, 'an array of objects is a list of one object');
      }
      return { type: 'array', items: this.#schema(node.items[0], key) };
    }
    try {
      return readType(text(node), this.#shapeOf);
    } catch (error) {
      this.#say(key, error.message);
      return { type: 'unknown' };
    }
  }

  #fields(node) {
    const fields = membersOf(node).map(({ name, key, value }) => {
      const required = name.endsWith('!');
      const field = required ? name.slice(0, -1) : name;
      if (!/^[\w-]+$/.test(field)) this.#say(key, `${name} is no name of a field`);
      return { name: field, required, schema: this.#schema(value, key), key };
    });
    const names = fields.map(({ name }) => name);
    return fields.map(({ key, ...field }, i) => {
      if (names.indexOf(field.name) !== i) this.#say(key, `${field.name} stands there twice`);
      return field;
    });
  }

  #operation(name, key, value, defaults) {
    const [, method, path] = OPERATION.exec(name);
    const given = this.#record(
      name,
      key,
      value,
      (member) => OPERATION_KEYS.has(member) || STATUS.test(member),
    );
    const responses = [...given].filter(([member]) => STATUS.test(member));
    if (responses.length === 0) this.#say(key, `${name} has no response, such as \`204: nothing\``);
    if (given.has('body') && given.has('body?')) this.#say(key, `${name} has two bodies`);
    const body = given.get('body') ?? given.get('body?');
    return {
      method,
      path,
      title: this.#title(name, key, given),
      products: list(text(given.get('products'))) ?? defaults.products ?? [],
      roles: list(text(given.get('roles'))) ?? defaults.roles ?? [],
      updated: text(given.get('updated')),
      documents: this.#documents(key, given),
      older: words(text(given.get('older'))),
      checked: list(text(given.get('checked'))) ?? [],
      deprecated: text(given.get('deprecated')) === 'true',
      host: text(given.get('host')),
      variables: this.#variables(name, path, key, given.get('variables')),
      query: this.#parameters(given.get('query')),
      headers: this.#parameters(given.get('headers')),
      form: given.has('form') ? this.#parameters(given.get('form')) : undefined,
      body: body && this.#schema(body, key),
      bodyRequired: given.has('body'),
      responses: new Map(
        responses.map(([status, node]) => [Number(status), this.#response(node, key)]),
      ),
      at: `${this.#path}:${this.#lineOf(key)}`,
    };
  }

  #event(name, key, value) {
    const given = this.#record(name, key, value, (member) => EVENT_KEYS.has(member));
    const also = list(text(given.get('also'))) ?? [];
    return {
      names: [name, ...also],
      title: text(given.get('title')),
      originalTypes: list(text(given.get('originalType'))) ?? [],
      documents: this.#documents(key, given),
      older: words(text(given.get('older'))),
      resource: given.has('resource') ? this.#schema(given.get('resource'), key) : undefined,
      at: `${this.#path}:${this.#lineOf(key)}`,
    };
  }

  #error(code, key, value) {
    const [, statuses, meaning] =
      /^([2-5]\d\d(?: [2-5]\d\d)*), (.+)$/.exec(text(value) ?? '') ?? [];
    if (statuses === undefined) this.#say(key, `${code} needs its statuses and its meaning`);
    return {
      code,
      statuses: words(statuses).map(Number),
      meaning,
      at: `${this.#path}:${this.#lineOf(key)}`,
    };
  }

  #record(name, key, value, knows) {
    const members = isMap(value) ? membersOf(value) : [];
    for (const { name: member, key: at } of members) {
      if (!knows(member)) this.#say(at, `${name} has an unknown member ${member}`);
    }
    if (!isMap(value)) this.#say(key, `${name} has no members`);
    return new Map(members.map(({ name: member, value: of }) => [member, of]));
  }

  #title(name, key, given) {
    const title = text(given.get('title'));
    if (!title) this.#say(key, `${name} has no title`);
    return title ?? '';
  }

  #documents(key, given) {
    const documents = words(text(given.get('documents')));
    for (const document of documents) {
      if (!/^[a-z-]+(?:\/[a-z-]+)*\/\d{10}$/.test(document))
        this.#say(key, `${document} is no number of a document`);
    }
    return documents;
  }

  // The path says which variables there are, and all of them are required.
  #variables(name, path, key, node) {
    const variables = this.#parameters(node).map((field) => ({ ...field, required: true }));
    const written = variables.map((field) => field.name);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, variable]) => variable);
    for (const variable of inPath.filter((one) => !written.includes(one))) {
      this.#say(key, `${name} does not say what {${variable}} is`);
    }
    for (const variable of written.filter((one) => !inPath.includes(one))) {
      this.#say(key, `${name} has no {${variable}} in its path`);
    }
    return variables;
  }

  #parameters(node) {
    return isMap(node) ? this.#fields(node) : [];
  }

  /** `nothing`, a file with its media types, or a schema. */
  #response(node, key) {
    const [first, ...mediaTypes] = words(text(node));
    if (first === 'nothing') return { type: 'nothing' };
    if (first === 'file') return { type: 'file', mediaTypes };
    return this.#schema(node, key);
  }
}

function membersOf(map) {
  return map.items.map(({ key, value }) => ({ name: key.value, key, value }));
}

const text = (node) => (isScalar(node) && node.value !== '' ? node.value : undefined);
const list = (line) => line?.split(', ');
const words = (line) => line?.split(/\s+/) ?? [];
