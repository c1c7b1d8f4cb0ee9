// How a line of the catalogue is read, and what is said of one that is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { catalogueOf, readCatalogue } from '../../scripts/catalogue/read.mjs';

const entry = (members) =>
  ['POST /v3/pay/{id}:', '  title: T', '  variables:', '    id: string', ...members, ''].join('\n');
const body = (...fields) =>
  entry(['  body:', ...fields.map((line) => `    ${line}`), '  204: nothing']);
const read = (text, name = 'v3/pay.yaml') => catalogueOf([[name, text]]);
const field = (line) => read(body(line)).operations[0].body.fields[0];
const refused = (text, message, name = 'v3/pay.yaml') =>
  assert.throws(
    () => read(text, name),
    ({ message: said }) => {
      assert.ok(said.includes(`${name}:${message}`), `${said}\ndoes not say\n  ${name}:${message}`);
      return true;
    },
  );

test('a line says type, limits, format, and an example', () => {
  assert.deepEqual(field('a!: string, 1..32, url, encrypted, e.g. b, c'), {
    name: 'a',
    required: true,
    schema: { type: 'string', min: 1, max: 32, format: 'url', encrypted: true, example: 'b, c' },
  });
  assert.deepEqual(field('a: integer, ..9, default 3, e.g. 4').schema, {
    ...{ type: 'integer', max: 9, default: 3, example: 4 },
  });
  assert.deepEqual(field('a: enum A | B').schema, { type: 'string', enum: ['A', 'B'] });
  assert.deepEqual(field('a: integer enum 1 | 2').schema, { type: 'integer', enum: [1, 2] });
  assert.deepEqual(field('a: string[], ..5 items, ..9').schema, {
    ...{ type: 'array', max: 5, items: { type: 'string', max: 9 } },
  });
  assert.deepEqual(field('a: json string[]').schema, {
    ...{ type: 'string', json: { type: 'array', items: { type: 'string' } } },
  });
  assert.equal(field('a: boolean').required, false);
});

test('objects, arrays of objects and shapes', () => {
  const text = `${body('a:', '  b!: Shape', 'c:', '  - d: Shape[]')}
shapes:
  Shape:
    e: string
`;
  const [{ body: of }] = read(text).operations;
  const [a, c] = of.fields;
  const shape = a.schema.fields[0].schema;
  assert.equal(shape.name, 'Shape');
  assert.equal(c.schema.type, 'array');
  assert.equal(c.schema.items.fields[0].schema.items, shape);
});

test('what is wrong with an entry is said with its line', () => {
  refused(body('a: strin'), '6: unknown type strin');
  refused(body('a: string of 5'), '6: facts are separated by a comma and a space: string of 5');
  refused(body('a: string, long'), '6: unknown fact: long');
  refused(body('a: string, 5..1'), '6: 5 is more than 1');
  refused(body('a: string[], 1..5 items, 1..5 items, x'), '6: unknown fact: x');
  refused(body('a: string, ..5 items'), '6: only an array has items');
  refused(body('a: boolean, ..5'), '6: boolean has no limits');
  refused(body('a: integer, e.g. one'), '6: example one is no integer');
  refused(body('a: integer enum 1 | b'), '6: enum b is no integer');
  refused(body('a: enum A | A'), '6: enum has A twice');
  refused(body('a: string, /(/'), '6: no regular expression: /(/');
  refused(body('a!: string', 'a: string'), '7: a stands there twice');
  refused(body('a b: string'), '6: a b is no name of a field');
  refused(body('a: string', 'a: string'), '7: Map keys must be unique');
  refused(body('a: {'), '7: ');
});

test('an operation has a title, a response, and exactly the variables of its path', () => {
  refused(entry([]), '1: POST /v3/pay/{id} has no response, such as `204: nothing`');
  refused(
    entry(['    other: string', '  204: nothing']),
    '1: POST /v3/pay/{id} has no {other} in its path',
  );
  refused(
    'GET /v3/pay/{id}:\n  title: T\n  204: nothing\n',
    '1: GET /v3/pay/{id} does not say what {id} is',
  );
  refused('GET /v3/pay:\n  204: nothing\n', '1: GET /v3/pay has no title');
  refused(
    entry(['  204: nothing', '  boddy: {}']),
    '6: POST /v3/pay/{id} has an unknown member boddy',
  );
  refused(entry(['  204: nothing', '  documents: 1']), '1: 1 is no number of a document');
  refused(
    'GET v3/pay:\n  204: nothing\n',
    '1: GET v3/pay is none of the operations, and not `shapes`',
  );
});

test('a shape is written once, in PascalCase, and used', () => {
  const shapes = (...lines) => `${body('a: One')}shapes:\n${lines.join('\n')}\n`;
  refused(shapes('  One: string', '  Two: string'), '10: nothing uses the shape Two');
  refused(shapes('  One: string', '  two: One'), '10: a shape is written in PascalCase: two');
  refused(shapes('  One:', '    a: One'), '10: the shape One holds itself');
});

test('there is one entry for each path, event and code, where it is looked for', () => {
  const get = 'GET /v3/pay/a:\n  title: T\n  204: nothing\n';
  const other = 'GET /v3/refund:\n  title: T\n  204: nothing\n';
  const both = (name) => () =>
    catalogueOf([
      ['v3/pay.yaml', get],
      [name, get],
    ]);
  assert.throws(
    both('v3/pay/a.yaml'),
    /v3\/pay\/a.yaml:1: GET \/v3\/pay\/a is there already: v3\/pay.yaml:1/,
  );
  refused(other, '1: /v3/refund belongs into a file of its first segments.yaml');
  refused('A.B:\n  title: T\nA.B:\n  title: T\n', '3: Map keys must be unique', 'events/a.yaml');
  refused('A_B: too many\n', '1: A_B needs its statuses and its meaning', 'errors.yaml');
});

test('the catalogue holds every operation, and each response of it', async () => {
  const { operations, events, errors } = await readCatalogue();
  assert.ok(operations.length >= 1018, `${operations.length} operations`);
  assert.ok(new Set(events.flatMap(({ names }) => names)).size >= 83);
  assert.ok(errors.length >= 40);
  const jsapi = operations.find(({ path }) => path === '/v3/pay/transactions/jsapi');
  assert.deepEqual(
    jsapi.body.fields.filter(({ required }) => required).map(({ name }) => name),
    ['appid', 'mchid', 'description', 'out_trade_no', 'amount', 'notify_url', 'payer'],
  );
  assert.deepEqual([...jsapi.responses.keys()], [200]);
});
