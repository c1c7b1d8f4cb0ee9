// Every operation of the catalogue, as the sandbox checks and answers it.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, before, describe, test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import {
  encryptFor,
  FILE,
  FILE_NAME,
  UNKNOWN,
  valueOfSchema,
  withEachEnum,
  withoutEach,
} from './documented-request.mjs';
import { rememberedWorld } from './remembered-world.mjs';
import { assertSigned, send } from './signed-request.mjs';

describe('every documented operation', { timeout: 600_000 }, () => {
  let sandbox;
  let wxpay;
  let encrypt;
  let operations;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  before(async () => {
    sandbox = await createSandbox();
    wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 0 });
    [encrypt] = Object.values(sandbox.options.certs).map(encryptFor);
    ({ operations } = await readCatalogue());
  });
  after(async () => {
    agent.destroy();
    await sandbox.close();
  });

  const fieldsOf = (fields) => valueOfSchema({ type: 'object', fields }, encrypt);
  const partsOf = (operation) => ({
    variables: fieldsOf(operation.variables),
    query: fieldsOf(operation.query),
    headers: fieldsOf(operation.headers.filter(({ name }) => name !== 'Wechatpay-Serial')),
    json: operation.body && valueOfSchema(operation.body, encrypt),
  });
  const urlOf = ({ path }, { variables, query }) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(variables[name]));
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, String(each)]),
    );
    return pairs.length > 0 ? `${filled}?${new URLSearchParams(pairs)}` : filled;
  };
  // By hand, without the client, on connections that stay.
  const sendByHand = (operation, { json, headers, ...parts }) => {
    const body = json === undefined ? '' : JSON.stringify(json);
    const type = json === undefined ? undefined : 'application/json';
    return send(sandbox, {
      method: operation.method,
      path: urlOf(operation, parts),
      body,
      agent,
      headers: { 'Content-Type': type, ...headers },
    });
  };
  const last = () => sandbox.requests.at(-1);

  test('accepts its request, and its response verifies and has the documented shape', async (t) => {
    const prepared = rememberedWorld(sandbox);
    const counts = { operations: 0, files: 0, forms: 0, remembered: 0 };
    for (const operation of operations) {
      const { method, path, form, responses } = operation;
      const [[status, shape]] = responses;
      const shaped = partsOf(operation);
      const parts = remembers(operation) ? await prepared(operation, shaped) : shaped;
      const where = `${method} ${path}`;
      counts.operations += 1;
      if (remembers(operation)) counts.remembered += 1;
      if (form !== undefined) {
        counts.forms += 1;
        const response = await sendForm(operation, parts);
        assert.equal(response.status, status, `${where}: ${last().result.reason}`);
        assertSigned(response, sandbox);
      } else if (shape.type === 'file') {
        // A file is not signed, and the client downloads it by its hash.
        counts.files += 1;
        const response = await sendByHand(operation, parts);
        if (path === '/v3/billdownload/file') continue;
        assert.equal(response.status, 200, `${where}: ${last().result.reason}`);
        assert.ok(response.raw.length > 0, where);
      } else if (path === '/v3/certificates') {
        const { status: refused } = await sendByHand(operation, parts);
        assert.equal(refused, 404, 'of a merchant with the public key alone');
      } else {
        const options = { ...parts.variables, query: parts.query, headers: parts.headers };
        if (parts.json !== undefined) options.json = parts.json;
        const call = wxpay.chain(path.slice(1))[method.toLowerCase()](options);
        const response = await call.catch((error) => {
          assert.fail(`${where}: ${error.message}\n${last()?.result.reason}`);
        });
        assert.equal(response.status, status, where);
        assertShape(shape, response.data, where);
        assert.deepEqual(last().notes, [], where);
      }
    }
    t.diagnostic(JSON.stringify(counts));
    assert.equal(counts.operations, operations.length);
  });

  test('is refused without each of its required fields, which is named', async (t) => {
    const counts = { body: 0, query: 0, header: 0, form: 0 };
    const refused = async (operation, parts, field, location) => {
      const response = await sendByHand(operation, parts);
      const where = `${operation.method} ${operation.path} without ${field}`;
      assert.equal(response.status, 400, `${where}: ${response.raw}`);
      assert.equal(response.json.code, 'PARAM_ERROR', where);
      const { issue, ...detail } = response.json.detail;
      assert.deepEqual(detail, { field, value: '', location }, where);
      // Some name the field that may be there instead.
      assert.match(issue, /^is required(?:$|,)/, where);
      counts[location] += 1;
    };
    await eachAtOnce(operations, async (operation) => {
      const parts = partsOf(operation);
      if (operation.path === '/v3/billdownload/file') return;
      const { schema } = operation.form?.find(({ name }) => name === 'meta') ?? {};
      for (const { pointer, without } of schema ? withoutEach(schema, metaOf(schema)) : []) {
        const response = await sendForm(operation, parts, without);
        assert.equal(response.json.detail?.field, pointer, operation.path);
        counts.form += 1;
      }
      for (const { name, required } of operation.query) {
        const { [name]: left, ...query } = parts.query;
        if (required) await refused(operation, { ...parts, query }, name, 'query');
      }
      for (const { name, required } of operation.headers) {
        const { [name]: left, ...headers } = parts.headers;
        if (required) await refused(operation, { ...parts, headers }, name, 'header');
      }
      if (operation.body === undefined) return;
      for (const { pointer, without } of withoutEach(operation.body, parts.json)) {
        await refused(operation, { ...parts, json: without }, pointer, 'body');
      }
    });
    t.diagnostic(JSON.stringify(counts));
    assert.ok(counts.body > 2_000 && counts.query > 100 && counts.header > 0 && counts.form > 0);
  });

  test('a value that no enumeration has, and a field that nobody documents, are noted', async (t) => {
    const counts = { noted: 0, refused: 0, fields: 0 };
    for (const operation of operations) {
      if (operation.form !== undefined || operation.path === '/v3/billdownload/file') continue;
      const parts = partsOf(operation);
      const where = `${operation.method} ${operation.path}`;
      const seen = async (change, field) => {
        const response = await sendByHand(operation, { ...parts, ...change });
        const isNoted = last().notes.some((note) => note.startsWith(`${field}: `));
        // The response of a few depends on the value.
        const isRefused = response.status === 400 && response.json.detail?.field === field;
        assert.ok(isNoted || isRefused, `${where}: ${field}: ${last().result.reason}`);
        counts[isNoted ? 'noted' : 'refused'] += 1;
      };
      for (const { name, schema } of operation.query) {
        if (!schema.enum) continue;
        await seen({ query: { ...parts.query, [name]: UNKNOWN[schema.type] } }, name);
      }
      for (const { pointer, changed } of withEachEnum(operation.body, parts.json)) {
        await seen({ json: changed }, pointer);
      }
      if (parts.json === undefined || operation.body.type !== 'object') continue;
      if (operation.body.fields.length === 0) continue;
      await sendByHand(operation, { ...parts, json: { ...parts.json, nobody: 1 } });
      const note = '/nobody: is not a documented field of this request';
      assert.ok(last().notes.includes(note), where);
      counts.fields += 1;
    }
    t.diagnostic(JSON.stringify(counts));
    assert.ok(counts.noted > 500 && counts.refused < 30 && counts.fields > 400);
  });

  const metaOf = (schema) => valueOfSchema(schema, encrypt, 'meta');

  function sendForm(operation, parts, given) {
    const form = operation.form.map(({ name, schema }) => {
      if (schema.type !== 'file') return [name, String(valueOfSchema(schema, encrypt, name))];
      return [`${name}"; filename="${FILE_NAME}`, FILE];
    });
    const video = operation.path.endsWith('/video_upload') ? '.mp4' : '.png';
    const full = given ?? form.find(([name]) => name === 'meta')[1];
    const meta = full.replace('.png', video);
    const sentBody = Buffer.concat([
      ...form.flatMap(([name, content]) => [
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
        Buffer.from(name === 'meta' ? meta : content),
        Buffer.from('\r\n'),
      ]),
      Buffer.from('--b--\r\n'),
    ]);
    return send(sandbox, {
      path: urlOf(operation, parts),
      body: meta,
      sentBody,
      headers: {
        'Content-Type': 'multipart/form-data; boundary=b',
        'Content-Length': sentBody.length,
      },
    });
  }
});

// Families with endpoints that remember what was made: whether they accept a call depends on that. Tests of
// their own show what they accept.
const REMEMBERING = [
  '/v3/ecommerce/individual-contracts/',
  '/v3/ecommerce/refunds/',
  '/v3/ecommerce/profitsharing/',
  '/v3/pay/transactions/',
  '/v3/pay/partner/transactions/',
  '/v3/combine-transactions/',
  '/v3/refund/domestic/refunds',
  '/v3/fund-app/mch-transfer/transfer-bills',
  '/v3/profitsharing/',
  '/v3/bill/',
];

function remembers({ path }) {
  return REMEMBERING.some((family) => path.startsWith(family));
}

/** Calls `each` with every item, a few of them at once. */
async function eachAtOnce(items, each) {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await each(item);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** Asserts that a response has the documented fields and types. */
function assertShape(schema, value, where) {
  if (schema.type === 'nothing' || schema.type === 'unknown') return;
  if (schema.type === 'object') {
    assert.equal(typeof value, 'object', where);
    for (const field of schema.fields) {
      if (value[field.name] === undefined) {
        assert.ok(!field.required, `${where} has no ${field.name}`);
      } else {
        assertShape(field.schema, value[field.name], `${where} ${field.name}`);
      }
    }
  } else if (schema.type === 'array') {
    assert.ok(Array.isArray(value), where);
    for (const item of value) assertShape(schema.items, item, where);
  } else if (schema.type === 'integer') {
    assert.ok(Number.isInteger(value), where);
  } else {
    assert.equal(typeof value, schema.type, where);
  }
}
