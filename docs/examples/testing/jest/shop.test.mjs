import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { startShop } from '../shop.mjs';

let sandbox;
let shop;

beforeAll(async () => {
  sandbox = await createSandbox();
  shop = await startShop(new Wechatpay(sandbox.options), sandbox.options);
});
afterAll(async () => {
  await shop.close();
  await sandbox.close();
});

const order = () => fetch(`${shop.url}/orders`, { method: 'POST' });

test('an order is paid once its user has paid', async () => {
  const { number } = await (await order()).json();
  await sandbox.pay(number);
  const response = await fetch(`${shop.url}/orders/${number}`);
  expect(await response.json()).toEqual({ state: 'SUCCESS' });
});

test('WeChat Pay refuses the order', async () => {
  sandbox.respond('POST', '/v3/pay/transactions/native', { code: 'NO_AUTH', times: 1 });
  const response = await order();
  expect(response.status).toBe(502);
  expect(await response.json()).toEqual({ code: 'NO_AUTH' });
});
