// WeChat Pay's probe: a signature that is never valid, sent on purpose to see who verifies.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { notificationResponse, VerificationError, Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { signedHeaders, withServer } from './responding-server.mjs';

const body = '{}';
const probing = () => ({
  ...signedHeaders(body),
  'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${'A'.repeat(325)}`,
});

/** Responds to the first requests with a probe, and to the others as WeChat Pay does. */
const probes = (count) => {
  let left = count;
  return (_, response) => {
    left -= 1;
    response.writeHead(200, left < 0 ? signedHeaders(body) : probing()).end(body);
  };
};

const find = (wxpay) => wxpay.v3.pay.transactions.id._id_.get({ id: '1' });
const refund = (wxpay) => wxpay.v3.refund.domestic.refunds.post({ json: {}, maxRetries: 2 });

function assertNamed(error) {
  assert.ok(error instanceof VerificationError);
  assert.equal(error.code, 'ERR_SIGNATURE_PROBE');
  assert.equal(error.toJSON().code, 'ERR_SIGNATURE_PROBE');
  assert.match(error.message, /WECHATPAY\/SIGNTEST\//);
  assert.doesNotMatch(error.message, /express/);
  return true;
}

test('a GET is sent once more, with a signature of its own', () =>
  withServer(probes(1), async ({ options, requests }) => {
    const retries = [];
    const onRetry = (event) => retries.push(event);
    const { status } = await find(new Wechatpay({ ...options, maxRetries: 2, onRetry }));
    assert.equal(status, 200);
    assert.equal(requests.length, 2);
    assert.notEqual(requests[0].headers.authorization, requests[1].headers.authorization);
    assert.deepEqual(
      retries.map(({ error }) => error.code),
      ['ERR_SIGNATURE_PROBE'],
    );
  }));

test('and not more often; with no retries, not at all', () =>
  withServer(probes(9), async ({ options, requests }) => {
    await assert.rejects(find(new Wechatpay({ ...options, maxRetries: 5 })), assertNamed);
    assert.equal(requests.length, 2);
    await assert.rejects(find(new Wechatpay({ ...options, maxRetries: 0 })), assertNamed);
    assert.equal(requests.length, 3);
  }));

test('what writes is never sent again after a probe', () =>
  withServer(probes(9), async ({ options, requests }) => {
    await assert.rejects(refund(new Wechatpay({ ...options, maxRetries: 5 })), (error) => {
      assert.match(error.message, /may have been carried out/);
      return assertNamed(error);
    });
    assert.equal(requests.length, 1);
  }));

test('a notification: 401', async () => {
  const wxpay = new Wechatpay({ ...merchant, apiv3Key: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb' });
  // Whatever key it names.
  for (const serial of [probing()['Wechatpay-Serial'], 'ABCD']) {
    const headers = { ...probing(), 'Wechatpay-Serial': serial };
    const error = await wxpay.notification({ headers, body }).catch((reason) => reason);
    assertNamed(error);
    assert.equal(error.status, undefined);
    assert.equal(notificationResponse(error).status, 401);
  }
});
