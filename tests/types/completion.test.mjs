// What an editor offers and shows while somebody types a call or reads a result, as TypeScript's
// language service reports it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { nameOf } from '../../scripts/catalogue/types/tree.mjs';
import { offered, shown, tagsShown } from './language-service.mjs';

function offers(code, names) {
  const entries = offered(code);
  for (const name of names) assert.ok(entries.includes(name), `${code} has no ${name}: ${entries}`);
}

function shows(code, ...texts) {
  const info = shown(code);
  for (const text of texts) assert.ok(info.includes(text), `${info}\ndoes not say ${text}`);
}

test('v3 offers every product of the catalogue', async () => {
  const { operations } = await readCatalogue();
  const segments = operations
    .filter(({ path }) => path.startsWith('/v3/'))
    .map(({ path }) => path.split('/')[2]);
  const products = [...new Set(segments)].map(nameOf);
  assert.ok(products.length >= 80);
  offers('wxpay.v3.|', [...products, 'chain']);
});

test('each link offers the segments and the methods that follow', () => {
  offers('wxpay.|', ['v3', 'chain', 'preEntrustSignApp']);
  offers('wxpay.v3.pay.transactions.|', ['jsapi', 'native', 'outTradeNo', 'id']);
  offers('wxpay.v3.pay.transactions.jsapi.|', ['post', 'postAsync', 'get', 'delete']);
  offers('wxpay.v3.ecommerce.individualContracts.|', ['preEntrustSign', '_openid_']);
  offers('wxpay.v3.profitsharing.receivers.|', ['add', 'Delete', 'delete']);
});

test('chain and the brackets offer whole paths', () => {
  const path = 'v3/pay/transactions/jsapi';
  offers("wxpay.chain('|')", [path, 'hk/v3/refunds', 'v3/ecommerce/applyments/']);
  offers("wxpay['|']", [path, 'v3/refund/domestic/refunds/{out_refund_no}']);
  offers(`wxpay.chain('${path}').|`, ['post']);
});

test('options offer variables, query, fields, nested fields and values', () => {
  offers('wxpay.v3.pay.transactions.id._transaction_id_.get({ | })', [
    ...['transaction_id', 'query', 'timeout'],
  ]);
  offers("wxpay.chain('v3/bill/tradebill').get({ query: { | } })", ['bill_date', 'tar_type']);
  const post = (inside) => `wxpay.v3.pay.transactions.jsapi.post({ json: { ${inside} } })`;
  offers(post('|'), ['appid', 'notify_url', 'settle_info']);
  offers(post('amount: { | }'), ['total', 'currency']);
  offers("wxpay.v3.profitsharing.receivers.add.post({ json: { type: '|' } })", [
    ...['MERCHANT_ID', 'PERSONAL_OPENID'],
  ]);
  offers("wxpay.v3.x.post({ headers: { '|' } })", []);
  offers("wxpay.v3.profitsharing.receivers.add.post({ headers: { '|' } })", ['Wechatpay-Serial']);
});

test('a response offers its fields, and an error its codes', () => {
  const found =
    '(await wxpay.v3.pay.transactions.id._transaction_id_.get({ transaction_id, query }))';
  offers(`${found}.data.|`, ['trade_state', 'amount', 'payer']);
  offers(`if (${found}.data.trade_state === '|') {}`, ['SUCCESS', 'NOTPAY']);
  offers("if (error.code === '|') {}", ['PARAM_ERROR', 'SIGN_ERROR', 'RESOURCE_NOT_EXISTS']);
  offers("const name: import('wechatpay-wasm').EventType = '|'", ['TRANSACTION.SUCCESS']);
});

test('a method shows the name of its API and the address of its document', () => {
  shows(
    'wxpay.v3.pay.partner.transactions.app.po|st',
    'APP下单API',
    'https://pay.weixin.qq.com/doc/v3/partner/4012523526',
  );
  shows("wxpay.chain('v3/merchant-service/feedbacks').po|st", '@deprecated');
});

test('a field shows that it is sent encrypted, how long it may be, and its form', () => {
  const add = (inside) => `wxpay.v3.profitsharing.receivers.add.post({ json: { ${inside} } })`;
  shows(add("na|me: 'x'"), 'Sent encrypted.');
  const order = (inside) => `wxpay.v3.pay.transactions.jsapi.post({ json: { ${inside} } })`;
  shows(order("time_ex|pire: 'x'"), 'RFC 3339.');
});

test('for an unknown path, only the verbs are offered', () => {
  offers('wxpay.v3.merchantServices.complaintsV2.|', ['get', 'post', 'put', 'patch', 'delete']);
});

test('each @throws can be read, and says which error it is', () => {
  const methods = offered('wxpay.|').filter((name) => !['v3', 'chain', 'free'].includes(name));
  assert.ok(methods.includes('preEntrustSignApp') && methods.includes('paginate'), methods.join());
  const calls = methods.filter((name) => /^\w+$/.test(name)).map((name) => `wxpay.${name}|`);
  for (const code of [...calls, 'import { Wechatpay as C } from "wechatpay-wasm"; C.fromEnv|()']) {
    const tags = tagsShown(code);
    // A brace is where a compiler has taken a link for a type.
    assert.ok(
      tags.every(
        ({ name, text }) => name !== 'link' && !/[{}]/.test(name === 'throws' ? text : ''),
      ),
      `${code}: ${JSON.stringify(tags)}`,
    );
    const thrown = tags.filter(({ name }) => name === 'throws').map(({ text }) => text);
    assert.ok(thrown.length > 0, `${code} says of no error`);
    for (const text of thrown) assert.match(text, /^(`[A-Z]\w+Error`|The )/, code);
  }
});

test('a document of WeChat Pay is an address', () => {
  const code = 'wxpay.preEntrustSignApp|';
  shows(code, 'https://pay.weixin.qq.com/doc/v3/partner/4015851472');
  for (const name of ['echo', 'notification', 'paySign', 'download', 'upload']) {
    const text = shown(`wxpay.${name}|`);
    assert.match(text, /https:\/\/pay\.weixin\.qq\.com\/doc\/v3\/(merchant|partner)\/\d{10}/);
    assert.doesNotMatch(text, /documents? \d{10}/);
  }
});
