// The fields of the endpoints that remember, against the catalogue: a body with every field that WeChat Pay
// documents is not refused, and one without a required field is, by the name of the field.
import assert from 'node:assert/strict';
import { constants, publicEncrypt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { plainClient } from './two-clients.mjs';

const ORDERS =
  /^\/v3\/pay\/(?:partner\/)?transactions\/(?:jsapi|app|native|h5|codepay|miniprogram|scannedpos|\w+-with-contract)$/;
const OTHERS = [
  '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
  '/v3/pay/transactions/out-trade-no/{out_trade_no}/reverse',
  '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close',
  '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/reverse',
  '/v3/combine-transactions/jsapi',
  '/v3/combine-transactions/app',
  '/v3/combine-transactions/miniprogram',
  '/v3/combine-transactions/native',
  '/v3/combine-transactions/h5',
  '/v3/combine-transactions/out-trade-no/{combine_out_trade_no}/close',
  '/v3/refund/domestic/refunds',
  '/v3/fund-app/mch-transfer/transfer-bills',
  '/v3/profitsharing/receivers/add',
  '/v3/profitsharing/receivers/delete',
  '/v3/profitsharing/orders',
  '/v3/profitsharing/orders/unfreeze',
  '/v3/profitsharing/return-orders',
];

const { operations } = await readCatalogue();
const tried = operations.filter(
  ({ method, path }) => method === 'POST' && (ORDERS.test(path) || OTHERS.includes(path)),
);

describe('the fields of endpoints that remember', { timeout: 120_000 }, () => {
  let sandbox;
  let client;
  let key;
  let count = 0;
  before(async () => {
    sandbox = await createSandbox();
    client = plainClient(sandbox);
    [key] = Object.values(sandbox.options.certs);
  });
  after(() => sandbox.close());

  const OWN = ['mchid', 'sp_mchid', 'combine_mchid'];
  const valueOfText = (name, { encrypted, example, format }) => {
    if (OWN.includes(name)) return sandbox.options.mchid;
    if (encrypted) {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      return publicEncrypt({ key, padding }, Buffer.from('张三')).toString('base64');
    }
    if (/^(?:combine_)?out_/.test(name)) {
      count += 1;
      return `NUMBER${count}`;
    }
    if (/^time_/.test(name)) return new Date(Date.now() + 600_000).toISOString();
    if (format === 'url') return 'http://127.0.0.1:9/notify';
    if (name === 'account' && example === 'AVAILABLE') return example;
    return (example ?? name).slice(0, 10);
  };
  const sample = (name, schema) => {
    if (schema.type === 'object') {
      return Object.fromEntries(
        schema.fields.map((field) => [field.name, sample(field.name, field.schema)]),
      );
    }
    if (schema.type === 'array') return [sample(name, schema.items)];
    if (schema.enum) return schema.enum[0];
    if (schema.type === 'boolean') return true;
    if (schema.type === 'string') {
      return name === 'auth_code' ? schema.example : valueOfText(name, schema);
    }
    return Number(schema.example ?? 100);
  };
  /** The required fields at every depth, with the paths to them. */
  const required = (schema, at = []) => {
    if (schema.type === 'array') return required(schema.items, [...at, 0]);
    if (schema.type !== 'object') return [];
    return schema.fields.flatMap((field) => {
      const path = [...at, field.name];
      const own = field.required ? [path] : [];
      return [...own, ...required(field.schema, path)];
    });
  };
  const without = (body, path) => {
    const copy = structuredClone(body);
    const parent = path.slice(0, -1).reduce((value, name) => value[name], copy);
    delete parent[path.at(-1)];
    return copy;
  };

  test('there are as many as there should be', () =>
    assert.equal(tried.length, 16 + OTHERS.length));

  for (const { path, body } of tried) {
    test(path, async () => {
      const url = path.replace(/\{\w+\}/, 'NUMBER0');
      const whole = sample('', body);
      const accepted = await client.post(url, whole);
      assert.notEqual(accepted.code, 'PARAM_ERROR', JSON.stringify(accepted.detail));
      for (const field of required(body)) {
        const { code, detail } = await client.post(url, without(whole, field));
        assert.equal(code, 'PARAM_ERROR', field.join('/'));
        assert.equal(detail.field, `/${field.join('/')}`);
        assert.equal(detail.issue.startsWith('is required'), true);
      }
    });
  }
});
