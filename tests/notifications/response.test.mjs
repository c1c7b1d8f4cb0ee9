// The response to a notification: its contents, and that servers can send it as it is.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ApiError, notificationResponse } from 'wechatpay-wasm';

import { onLoopback } from '../loopback.mjs';
import { client, notification, transaction } from './encrypted-notification.mjs';

const wxpay = client();
const failure = (promise) =>
  promise.then(
    () => assert.fail('succeeded'),
    (error) => error,
  );

test('success: 204 and no body', async () => {
  assert.deepEqual(notificationResponse(), { status: 204, headers: {}, body: null });
  const response = notificationResponse();
  const sent = new Response(response.body, response);
  assert.equal(sent.status, 204);
  assert.equal(await sent.text(), '');
});

test('each failure has its status, and a body in WeChat Pay’s form', async () => {
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
    // Errors of calls that a handler made while it processed the notification.
    [500, await failure(wxpay.preEntrustSignApp({ appid: '' }))],
    [500, await failure(wxpay.v3.x.get({ headers: new Map() }))],
    [500, await failure(unsigned().preEntrustSignApp({ appid: 'w', outContractCode: 'c' }))],
    [500, new Error('SECRET: the database is away')],
    [500, Object.create(ApiError.prototype)],
    [500, { name: 'ValidationError', field: 'body' }],
    [500, 'SECRET'],
    [500, null],
    // A handler can also throw undefined. That is not a success.
    [500, undefined],
  ]) {
    const response = notificationResponse(error);
    assert.equal(response.status, status, String(error));
    assert.deepEqual(response.headers, { 'Content-Type': 'application/json' });
    const { code, message, ...rest } = JSON.parse(response.body);
    assert.equal(code, 'FAIL');
    assert.ok(message.length > 0 && message.length <= 64, message);
    assert.doesNotMatch(message, /SECRET/);
    assert.deepEqual(rest, {});
    const sent = new Response(response.body, response);
    assert.equal(sent.status, status);
    assert.equal(sent.headers.get('content-type'), 'application/json');
  }
});

function unsigned() {
  return client({ fetch: async () => new Response('{}') });
}

test('a server of node:http, from request to response', async () => {
  const settled = [];
  const handle = ({ resource }) => {
    if (resource.trade_state !== 'SUCCESS') throw new Error('not settled');
    settled.push(resource.transaction_id);
  };
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await wxpay
      .notification(request)
      .then(handle)
      .then(() => notificationResponse(), notificationResponse);
    response.writeHead(status, headers).end(body);
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
        'not verified to be from WeChat Pay: ERR_SIGNATURE_INVALID',
      ],
      // Even for a body that is too large, the connection stays open for the response.
      [{ ...notification(), body: 'x'.repeat(3 * 2 ** 20) }, 400, 'not a notification: body'],
      [notification({ resource: {} }), 500, 'could not be handled, send it again'],
    ]) {
      assert.deepEqual(await send(sent), [status, JSON.stringify({ code: 'FAIL', message })]);
    }
  } finally {
    await close();
  }
});
