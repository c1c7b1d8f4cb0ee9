// What the types are made of: one entry of the catalogue after the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { catalogueOf, readCatalogue } from '../../scripts/catalogue/read.mjs';
import { apiTypes } from '../../scripts/catalogue/types/index.mjs';
import { nameOf } from '../../scripts/catalogue/types/tree.mjs';

const typesOf = (...members) =>
  apiTypes(
    catalogueOf([['v3/pay.yaml', ['POST /v3/pay:', '  title: T', ...members, ''].join('\n')]]),
  );
const has = (types, ...texts) => {
  for (const text of texts) assert.ok(types.includes(text), `${types}\nhas no\n${text}`);
};

test('the same catalogue gives the same bytes', async () => {
  assert.equal(apiTypes(await readCatalogue()), apiTypes(await readCatalogue()));
});

test('a body is closed, and what is required in it is required', () => {
  const types = typesOf(
    ...['  body:', '    a!: string', '    b: integer[]', '    c:', '      d!: string, encrypted'],
    '  204: nothing',
  );
  has(
    types,
    'post<Data = undefined>(options: Json<PayRequest>): Promise<ChainResponse<Data>>;',
    'interface PayRequest {\n  a: string;\n  b?: readonly number[] | undefined;\n  c?: C | undefined;\n}',
    'interface C {\n  /** Sent encrypted. */\n  d: string;\n}',
  );
});

test('nothing nested is required in a PATCH', () => {
  const entry = [
    'PATCH /v3/pay:',
    '  title: T',
    '  body:',
    '    a!:',
    '      b!: string',
    '  204: nothing',
  ];
  has(
    apiTypes(catalogueOf([['v3/pay.yaml', `${entry.join('\n')}\n`]])),
    'interface PayRequest {\n  a: A;\n}',
    'interface A {\n  b?: string | undefined;\n}',
  );
});

test('below the top level, a response is trusted only if a second source was compared', () => {
  const response = ['  200:', '    a!:', '      b!: string, encrypted'];
  has(typesOf(...response), '  a: A;', '  /** Encrypted: see `decrypt`. */\n  b?: string;');
  has(typesOf('  checked: skills', ...response), '  a: A;', '  b: string;');
});

test('every list of values is open', () => {
  const types = typesOf(
    '  body:',
    '    a: enum A | B',
    '    b: integer enum 1 | 2',
    '  204: nothing',
  );
  has(
    types,
    "a?: 'A' | 'B' | (string & {}) | undefined;",
    'b?: 1 | 2 | (number & {}) | undefined;',
  );
});

test('a body that may be left out, a query, and several responses', () => {
  const types = typesOf(
    ...['  query:', '    q!: string', '    r: boolean', '  body?:', '    a: string'],
    ...['  200:', '    b!: string', '  202: nothing'],
  );
  has(
    types,
    'post<Data = PayResponse | undefined>(options: Options & { query: { q: Value; r?: boolean | undefined }; json?: PayRequest | undefined; encrypt?: readonly string[] | undefined })',
  );
});

test('a body beside a query', () => {
  const types = typesOf('  query:', '    q!: string', '  body:', '    a: string', '  204: nothing');
  has(types, 'post<Data = undefined>(options: Json<PayRequest> & { query: { q: Value } })');
});

test('a header that is needed, and a query that is sent encrypted', () => {
  const types = typesOf(
    ...['  query:', '    q: string, encrypted', '  headers:', '    Idempotency-Key!: string'],
    '  204: nothing',
  );
  has(
    types,
    "post<Data = undefined>(options: Options & { query?: { /** Sent encrypted. */ q?: Value | undefined } | undefined; headers: { 'Idempotency-Key': string } })",
  );
});

test('a segment that is a method, or no name, is written so that the chain reads it back', () => {
  assert.deepEqual(
    ['pay', 'sub_merchants', 'complaints-v2', '{openid}', 'delete', '', 'a-2'].map(nameOf),
    ['pay', 'sub_merchants', 'complaintsV2', '_openid_', 'Delete', '/', 'a-2'],
  );
});
