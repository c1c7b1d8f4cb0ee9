import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { startShop } from '../shop.mjs';

let sandbox;
let shop;

beforeAll(async () => {
  sandbox = await createSandbox({ strict: true });
  shop = await startShop(new Wechatpay(sandbox.options), sandbox.options);
});
afterAll(async () => {
  await shop.close();
  await sandbox.close();
});
beforeEach(() => {
  sandbox.faults = undefined;
  sandbox.requests.length = 0;
});

const order = async () => (await fetch(`${shop.url}/orders`, { method: 'POST' })).json();
const stateOf = async (number) =>
  (await (await fetch(`${shop.url}/orders/${number}`)).json()).state;

test('an order is paid once its user has paid', async () => {
  const { number } = await order();
  expect(await stateOf(number)).toBe('NOTPAY');
  const { delivered } = await sandbox.pay(number);
  expect(delivered).toBe(true);
  expect(await stateOf(number)).toBe('SUCCESS');
});

test('a lost response makes no second order', async () => {
  sandbox.faults = { drop: true, times: 1 };
  await order();
  const numbers = sandbox.requests.map(({ body }) => JSON.parse(body).out_trade_no);
  expect(numbers).toHaveLength(2);
  expect(new Set(numbers).size).toBe(1);
});

test('a forged notification changes nothing', async () => {
  const { number } = await order();
  const { headers, body } = sandbox.notification({
    eventType: 'TRANSACTION.SUCCESS',
    resource: { out_trade_no: number, amount: { total: 100 } },
  });
  const forged = { method: 'POST', headers, body: `${body} ` };
  expect((await fetch(`${shop.url}/notify`, forged)).status).toBe(401);
  expect(await stateOf(number)).toBe('NOTPAY');
});
