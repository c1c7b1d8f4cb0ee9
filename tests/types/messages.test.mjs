// What the compiler says of a wrong call: it names the field, and suggests the right one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { said } from './language-service.mjs';

const order = `const order = {
  ...{ appid: 'wx', mchid: '1', description: 'd', out_trade_no: 'A', notify_url: 'https://x' },
  ...{ amount: { total: 1 }, payer: { openid: 'o' } },
};
`;
const post = (inside) =>
  `${order}await wxpay.v3.pay.transactions.jsapi.post({ json: { ${inside} } });`;
const byId = (options) => `await wxpay.v3.pay.transactions.id._transaction_id_.get(${options});`;

function says(code, text) {
  const messages = said(code);
  assert.equal(messages.length, 1, messages.join('\n\n'));
  assert.ok(messages[0].endsWith(text), `${messages[0]}\ndoes not end with\n${text}`);
}

const unknown = (name, type, right) =>
  `Object literal may only specify known properties, but '${name}' does not exist in type '${type}'. Did you mean to write '${right}'?`;

test('nothing is said of a right call', () => assert.deepEqual(said(post('...order')), []));

test('a misspelt field', () => {
  says(post("...order, atach: 'x'"), unknown('atach', 'PayTransactionsJsapiRequest', 'attach'));
});

test('a misspelt field of a nested object', () => {
  const amount = "amount: { total: 1, curency: 'CNY' }";
  says(post(`...order, ${amount}`), unknown('curency', 'TransactionsAmount', 'currency'));
});

test('a missing field', () => {
  says(
    "await wxpay.v3.pay.transactions.outTradeNo._out_trade_no_.close.post({ out_trade_no: 'A', json: {} });",
    "Property 'mchid' is missing in type '{}' but required in type 'MchidRequest'.",
  );
  says(
    post('...order, amount: {}'),
    "Property 'total' is missing in type '{}' but required in type 'TransactionsAmount'.",
  );
});

test('a missing private key, and no word of a signer', () => {
  const create = (more) =>
    `import { Wechatpay as Client } from 'wechatpay-wasm';
    new Client({ mchid: '1', serial: '408B', certs: {}, ${more} });`;
  const [missing, ...others] = said(create(''));
  assert.deepEqual(others, []);
  assert.match(
    missing,
    /\n *Property 'privateKey' is missing in type .* required in type 'KeyOptions'\.$/,
  );
  assert.doesNotMatch(missing, /\bsigner\b/);

  const [unset] = said(create('privateKey: undefined'));
  assert.match(unset, /'privateKey' are incompatible\.\n *Type 'undefined' is not assignable/);
  assert.doesNotMatch(unset, /\bsigner\b/);

  const [both] = said(create("privateKey: 'pem', signer: () => ''"));
  assert.match(both, /give a privateKey or a signer/);
});

test('a value of the wrong type', () => {
  says(
    post("...order, amount: { total: '1' }"),
    "Type 'string' is not assignable to type 'number'.",
  );
  says(post('...order, appid: 1'), "Type 'number' is not assignable to type 'string'.");
});

test('no body', () => {
  says(
    'await wxpay.v3.pay.transactions.jsapi.post({});',
    "Property 'json' is missing in type '{}' but required in type 'Json<PayTransactionsJsapiRequest>'.",
  );
});

test('a misspelt variable, query or option', () => {
  const type = 'Options & { transaction_id: Value; query: { mchid: Value; }; }';
  says(
    byId("{ transaktion_id: '1', query: { mchid: '1' } }"),
    unknown('transaktion_id', type, 'transaction_id'),
  );
  says(
    byId("{ transaction_id: '1', query: { mchidd: '1' } }"),
    unknown('mchidd', '{ mchid: Value; }', 'mchid'),
  );
  says(
    byId("{ transaction_id: '1', query: { mchid: '1' }, timeoute: 1 }"),
    unknown('timeoute', type, 'timeout'),
  );
});

test('a missing variable or query', () => {
  says(
    byId("{ query: { mchid: '1' } }"),
    "Property 'transaction_id' is missing in type '{ query: { mchid: string; }; }' but required in type '{ transaction_id: Value; query: { mchid: Value; }; }'.",
  );
  says(
    byId("{ transaction_id: '1' }"),
    "Property 'query' is missing in type '{ transaction_id: string; }' but required in type '{ transaction_id: Value; query: { mchid: Value; }; }'.",
  );
});

test('the same in each form', () => {
  for (const link of ["chain('v3/pay/transactions/jsapi')", "['v3/pay/transactions/jsapi']"]) {
    const call = `wxpay${link.startsWith('[') ? '' : '.'}${link}.post({ json: { ...order, atach: 'x' } })`;
    says(`${order}await ${call};`, unknown('atach', 'PayTransactionsJsapiRequest', 'attach'));
  }
});

test('a field that a response does not have', () => {
  const call = '(await wxpay.v3.pay.transactions.jsapi.post({ json: order })).data';
  says(
    `${order}${call}.prepayId;`,
    "Property 'prepayId' does not exist on type 'PrepayIdResponse'. Did you mean 'prepay_id'?",
  );
  const event = "const event = await wxpay.notification({ headers: {}, body: '' });\n";
  says(
    `${event}if (event.eventType === 'REFUND.SUCCESS') event.resource.refundId;`,
    "Property 'refundId' does not exist on type 'RefundSuccessResource'. Did you mean 'refund_id'?",
  );
});

test('an upload or a file by the chain', () => {
  says(
    'await wxpay.v3.merchant.media.upload.post({ json: {} });',
    "Object literal may only specify known properties, and 'json' does not exist in type 'UseUpload'.",
  );
  says(
    "await wxpay.v3.billdownload.file.get({ query: { token: 'x' } });",
    "Object literal may only specify known properties, and 'query' does not exist in type 'UseDownload'.",
  );
});
