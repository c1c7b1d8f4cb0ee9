// What a server answers WeChat Pay with, and that servers take it as it is.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ApiError, notificationAnswer } from 'wechatpay-wasm';

import { onLoopback } from '../loopback.mjs';
import { client, notification, transaction } from './sealed-notification.mjs';

const wxpay = client();
const failure = (promise) =>
  promise.then(
    () => assert.fail('succeeded'),
    (error) => error,
  );

test('received: 204 and no body', async () => {
  assert.deepEqual(notificationAnswer(), { status: 204, headers: {}, body: null });
  const answer = notificationAnswer();
  const response = new Response(answer.body, answer);
  assert.equal(response.status, 204);
  assert.equal(await response.text(), '');
});

test('each failure has its status, and WeChat Pay’s form', async () => {
  const { headers, body } = notification();
  for (const [status, error] of [
    [401, await failure(wxpay.notification({ headers, body: `${body} ` }))],
    [401, await failure(wxpay.notification({ headers: {}, body }))],
    [401, await failure(wxpay.notification(notification({ at: 1 })))],
    [400, await failure(wxpay.notification({ headers, body: {} }))],
    [400, await failure(wxpay.notification({ body }))],
    [400, await failure(wxpay.notification())],
    [400, await failure(wxpay.notification(notification({ text: '{' })))],
    [500, await failure(client({ apiv3Key: undefined }).notification({ headers, body }))],
    [500, await failure(client({ apiv3Key: 'x'.repeat(32) }).notification({ headers, body }))],
    // Of a call that was made while it was handled.
    [500, await failure(wxpay.preEntrustSignApp({ appid: '' }))],
    [500, await failure(unsigned().preEntrustSignApp({ appid: 'w', outContractCode: 'c' }))],
    [500, new Error('SECRET: the database is away')],
    [500, Object.create(ApiError.prototype)],
    [500, { name: 'ValidationError', field: 'body' }],
    [500, 'SECRET'],
    [500, null],
    // Thrown too: what is not sure to be a success is none.
    [500, undefined],
  ]) {
    const answer = notificationAnswer(error);
    assert.equal(answer.status, status, String(error));
    assert.deepEqual(answer.headers, { 'Content-Type': 'application/json' });
    const { code, message, ...rest } = JSON.parse(answer.body);
    assert.equal(code, 'FAIL');
    assert.ok(message.length > 0 && message.length <= 64, message);
    assert.doesNotMatch(message, /SECRET/);
    assert.deepEqual(rest, {});
    const response = new Response(answer.body, answer);
    assert.equal(response.status, status);
    assert.equal(response.headers.get('content-type'), 'application/json');
  }
});

function unsigned() {
  return client({ fetch: async () => new Response('{}') });
}

test('a server of node:http, from request to answer', async () => {
  const settled = [];
  const handle = ({ resource }) => {
    if (resource.trade_state !== 'SUCCESS') throw new Error('not settled');
    settled.push(resource.transaction_id);
  };
  const server = createServer(async (request, response) => {
    const answer = await wxpay
      .notification(request)
      .then(handle)
      .then(() => notificationAnswer(), notificationAnswer);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const { url, close } = await onLoopback(server);
  const send = async ({ headers, body }) => {
    const response = await fetch(url, { method: 'POST', headers, body });
    return [response.status, await response.text()];
  };
  try {
    assert.deepEqual(await send(notification()), [204, '']);
    assert.deepEqual(settled, [transaction.transaction_id]);
    for (const [sent, status, message] of [
      [
        { ...notification(), body: '{}' },
        401,
        'not proven to be from WeChat Pay: ERR_SIGNATURE_INVALID',
      ],
      // Too large: there is still a connection to answer on.
      [{ ...notification(), body: 'x'.repeat(3 * 2 ** 20) }, 400, 'not a notification: body'],
      [notification({ resource: {} }), 500, 'could not be handled, send it again'],
    ]) {
      assert.deepEqual(await send(sent), [status, JSON.stringify({ code: 'FAIL', message })]);
    }
  } finally {
    await close();
  }
});
