// certs: 'auto': when certificates are downloaded, how often, and what happens when that fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ApiError, ConfigError, TransportError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const event = { eventType: 'TRANSACTION.SUCCESS', resource: { out_trade_no: 'ORDER_1' } };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The options of a client whose own certificate does not end while the clock moves forward. */
function uncertified({ options }) {
  return { ...options, cert: undefined };
}

/** Opens a sandbox and clients that share a clock. `time.passed` moves the clock forward. */
async function withSandbox(run) {
  const time = { passed: 0 };
  const clock = () => Date.now() + time.passed;
  const sandbox = await createSandbox({ merchant: 'migrating', clock });
  const client = (options) =>
    new Wechatpay({ ...uncertified(sandbox), certs: 'auto', clock, maxRetries: 0, ...options });
  const downloads = () => sandbox.requests.filter(({ url }) => url === '/v3/certificates').length;
  try {
    await run({ sandbox, client, downloads, time });
  } finally {
    await sandbox.close();
  }
}

test('downloaded before the first call, and then cached', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 1);
    const urls = sandbox.requests.map(({ url }) => url);
    assert.equal(urls[0], '/v3/certificates');
    assert.equal(urls.length, 3);
    assert.ok(sandbox.requests.every(({ headers }) => !('wechatpay-serial' in headers)));
  }));

test('downloaded once for many calls at once', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client({ timeout: 60_000 });
    const calls = Array.from({ length: 50 }, (_, i) =>
      wxpay.preEntrustSignApp({ ...params, outContractCode: `MANY_${i}` }),
    );
    await Promise.all(calls);
    assert.equal(downloads(), 1);
    assert.equal(sandbox.requests.length, 51);
  }));

test('a failed download: nothing is sent, and every waiting call gets the error', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    sandbox.faults = { status: 503, times: 1 };
    const wxpay = client();
    const calls = [1, 2, 3].map(() => wxpay.preEntrustSignApp(params));
    for (const { reason } of await Promise.allSettled(calls)) {
      assert.equal(reason.code, 'ERR_CONFIG');
      assert.equal(reason.option, 'certs');
      assert.equal(reason.cause.code, 'SERVICE_UNAVAILABLE');
      assert.match(reason.message, /SERVICE_UNAVAILABLE\. Nothing of the call was sent$/);
    }
    assert.equal(sandbox.requests.length, 1);
    // The first download is tried again with each call that needs it.
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 2);
  }));

/** A response to the download in place of the sandbox's; everything else goes to the sandbox. */
const answering = (respond) => (url, init) =>
  url.endsWith('/v3/certificates') ? respond(init) : fetch(url, init);

const refund = (wxpay, options) =>
  wxpay.v3.refund.domestic.refunds.post({ json: { out_refund_no: 'R_1' }, ...options });

test('a merchant without platform certificates is told of the public key', () =>
  withSandbox(async ({ sandbox, client }) => {
    const none = JSON.stringify({ code: 'RESOURCE_NOT_EXISTS', message: '无可用的平台证书' });
    const wxpay = client({ fetch: answering(async () => new Response(none, { status: 404 })) });
    const calls = [
      refund(wxpay),
      wxpay.v3.pay.transactions.id._id_.get({ id: '1' }),
      wxpay.preEntrustSignApp(params),
      wxpay.echo(),
    ];
    for (const { reason } of await Promise.allSettled(calls)) {
      assert.ok(reason instanceof ConfigError);
      assert.equal(reason.option, 'certs');
      assert.match(reason.message, /PUB_KEY_ID_.*Nothing of the call was sent/);
      assert.ok(reason.cause instanceof ApiError);
      assert.equal(reason.cause.code, 'RESOURCE_NOT_EXISTS');
      assert.equal(reason.cause.status, 404);
      assert.equal(Object.hasOwn(reason.toJSON(), 'cause'), false);
    }
    // Whoever asks for the certificates hears what WeChat Pay says of them.
    await assert.rejects(wxpay.certificates(), { name: 'ApiError', code: 'RESOURCE_NOT_EXISTS' });
    assert.equal(sandbox.requests.length, 0);
  }));

test('what breaks a download is the cause, and is not said of the call', () =>
  withSandbox(async ({ sandbox, client }) => {
    const broken = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    });
    for (const [respond, name, code] of [
      [() => Promise.reject(broken), 'TransportError', 'ERR_NETWORK'],
      [async () => new Response('', { status: 302 }), 'TransportError', 'ERR_REDIRECT'],
      [async () => new Response('{}'), 'VerificationError', 'ERR_SIGNATURE_MISSING'],
    ]) {
      const { reason } = (
        await Promise.allSettled([refund(client({ fetch: answering(respond) }))])
      )[0];
      assert.equal(reason.code, 'ERR_CONFIG', code);
      assert.match(reason.message, /Nothing of the call was sent/);
      assert.doesNotMatch(reason.message, /carried out/);
      assert.equal(reason.cause.name, name);
      assert.equal(reason.cause.code, code);
      if (code === 'ERR_NETWORK') assert.equal(reason.cause.cause.cause.code, 'ECONNRESET');
    }
    assert.equal(sandbox.requests.length, 0);
  }));

test('a download takes too long, or its caller aborts it: as of any call, and nothing was sent', () =>
  withSandbox(async ({ sandbox, client }) => {
    const wxpay = client({ timeout: 80, fetch: answering(() => new Promise(() => {})) });
    await assert.rejects(refund(wxpay), (error) => {
      assert.ok(error instanceof TransportError);
      assert.equal(error.code, 'ERR_TIMEOUT');
      assert.match(error.message, /Nothing of the call was sent/);
      return true;
    });
    const gone = new Error('gone');
    const signal = AbortSignal.abort(gone);
    await assert.rejects(refund(wxpay, { signal }), (reason) => reason === gone);
    const later = new AbortController();
    setTimeout(() => later.abort(gone), 20);
    await assert.rejects(refund(wxpay, { signal: later.signal }), (reason) => reason === gone);
    assert.equal(sandbox.requests.length, 0);
  }));

test('a download whose caller aborts is repeated for another caller', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    sandbox.faults = { delay: 5_000, times: 1 };
    const wxpay = client();
    const controller = new AbortController();
    const first = wxpay.preEntrustSignApp(params, { signal: controller.signal });
    const second = wxpay.preEntrustSignApp(params);
    setTimeout(() => controller.abort('gone'), 150);
    await assert.rejects(first, (reason) => reason === 'gone');
    await second;
    assert.equal(downloads(), 2);
  }));

test('a download that never ends (a Worker’s request was cancelled) blocks no other call', () =>
  withSandbox(async ({ sandbox, client }) => {
    let hung = false;
    const wxpay = client({
      timeout: 400,
      fetch(url, init) {
        if (hung) return fetch(url, init);
        hung = true;
        return new Promise(() => {});
      },
    });
    // The first call's own timeout is so long that it does not matter here.
    const controller = new AbortController();
    const { signal } = controller;
    const cancelled = wxpay.preEntrustSignApp(params, { timeout: 60_000, signal });
    cancelled.catch(() => {});
    await wxpay.preEntrustSignApp(params);
    assert.equal(sandbox.requests.length, 2);
    // Otherwise this process would wait for that timeout.
    controller.abort();
  }));

test("an abort ends the wait for another call's download", () =>
  withSandbox(async ({ sandbox, client }) => {
    sandbox.faults = { delay: 1_000 };
    const wxpay = client();
    const first = wxpay.preEntrustSignApp(params);
    const waiting = wxpay.preEntrustSignApp(params, { signal: AbortSignal.timeout(100) });
    await assert.rejects(waiting, { name: 'TimeoutError' });
    await first;
  }));

test('a response with an unknown certificate: the client downloads it and verifies', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    time.passed += 2 * MINUTE;
    await sandbox.rotateCertificate();
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 2);
    // Many calls at once share one download.
    time.passed += 2 * MINUTE;
    await sandbox.rotateCertificate();
    await Promise.all([1, 2, 3, 4].map(() => wxpay.preEntrustSignApp(params)));
    assert.equal(downloads(), 3);
  }));

test('at most one such download a minute', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    await sandbox.rotateCertificate();
    for (const wait of [0, 30_000]) {
      time.passed += wait;
      await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_SERIAL_UNKNOWN' });
    }
    assert.equal(downloads(), 1);
    time.passed += 31_000;
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 2);
  }));

test('a notification with an unknown certificate: the client downloads it and verifies', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client();
    const notification = sandbox.notification({ ...event, signedBy: 'certificate' });
    const { resource } = await wxpay.notification(notification);
    assert.deepEqual(resource, event.resource);
    assert.equal(downloads(), 1);
    // This notification is signed with a key that WeChat Pay does not list.
    await assert.rejects(wxpay.notification(sandbox.notification(event)), {
      code: 'ERR_SERIAL_UNKNOWN',
    });
    assert.equal(downloads(), 1);
  }));

test('beside given keys, certificates are downloaded only when one is named', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client({ certs: { ...sandbox.options.certs, auto: true } });
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 0);
    await wxpay.notification(sandbox.notification({ ...event, signedBy: 'certificate' }));
    await wxpay.notification(sandbox.notification(event));
    assert.equal(downloads(), 1);
    const off = client({ certs: { ...sandbox.options.certs, auto: false } });
    const foreign = sandbox.notification({ ...event, signedBy: 'certificate' });
    await assert.rejects(off.notification(foreign), { code: 'ERR_SERIAL_UNKNOWN' });
  }));

test('renewed every twelve hours; a failed renewal drops nothing, and is tried again', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    time.passed += 11 * HOUR;
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 1);
    time.passed += HOUR;
    for (const faults of [{ status: 503 }, { tamper: true }, { unsigned: true }, { drop: true }]) {
      sandbox.faults = { ...faults, times: 1 };
      const before = downloads();
      await wxpay.preEntrustSignApp(params);
      assert.equal(downloads(), before + 1, JSON.stringify(faults));
      // A failed renewal is not repeated for every call.
      await wxpay.preEntrustSignApp(params);
      assert.equal(downloads(), before + 1);
      time.passed += MINUTE + 1_000;
    }
    await wxpay.preEntrustSignApp(params);
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 6);
  }));

test('a certificate that has expired, or is not valid yet, is rejected', () =>
  withSandbox(async ({ sandbox, client, time }) => {
    const [{ serialNo, certificate }] = await client().certificates();
    const wxpay = client({ certs: { [serialNo]: certificate } });
    await wxpay.preEntrustSignApp(params);
    const refused = {
      name: 'VerificationError',
      code: 'ERR_SERIAL_UNKNOWN',
      message: /has expired or is not valid yet.*may have been carried out/,
    };
    for (const passed of [5 * 365 * DAY, -2 * DAY]) {
      time.passed = passed;
      await assert.rejects(wxpay.preEntrustSignApp(params), refused);
      const { headers, body } = sandbox.notification({ ...event, signedBy: 'certificate' });
      await assert.rejects(wxpay.notification({ headers, body }), { code: 'ERR_SERIAL_UNKNOWN' });
    }
    time.passed = 0;
    await wxpay.preEntrustSignApp(params);
  }));

test('a new certificate is downloaded before the old one expires', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    // The old certificate is valid for half an hour more, and expired after the next hour.
    time.passed = (5 * 365 - 1) * DAY - 30 * MINUTE;
    await sandbox.rotateCertificate();
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 2);
    time.passed += HOUR;
    await wxpay.preEntrustSignApp(params);
    assert.equal(downloads(), 2);
  }));

test('a client that was idle until all its certificates expired', () =>
  withSandbox(async ({ sandbox, client, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(params);
    time.passed = 6 * 365 * DAY;
    await sandbox.rotateCertificate();
    await wxpay.preEntrustSignApp(params);
  }));

test('a client can be opened and freed without a download', () =>
  withSandbox(async ({ sandbox, client }) => {
    client().free();
    const wxpay = client();
    const call = wxpay.preEntrustSignApp(params);
    wxpay.free();
    await call;
    assert.equal(sandbox.requests.length, 2);
  }));
