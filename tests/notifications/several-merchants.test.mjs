// Several merchants on one notification URL, through the packed tarball: whose a notification is, what it
// costs, and what the errors name.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { notificationResponse, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { merchant } from '../merchant.mjs';
import { client, notification, opened } from './encrypted-notification.mjs';

const keys = ['A', 'B', 'C'].map((letter) => letter.repeat(32));
const mchids = ['1900007291', '1900000109', '1230000109'];
const clients = keys.map((apiv3Key, at) => client({ apiv3Key, mchid: mchids[at] }));
const of = (encryptionKey, more) => notification({ encrypt: { encryptionKey }, ...more });

test('the APIv3 key that decrypts decides', async () => {
  for (const [at, apiv3Key] of keys.entries()) {
    const { wxpay, ...rest } = await Wechatpay.notificationOf(clients, of(apiv3Key));
    assert.equal(wxpay, clients[at]);
    assert.deepEqual(rest, { notification: opened });
  }
});

test('one client, the same one twice, a subclass, and a fetch Request', async () => {
  class Mine extends Wechatpay {}
  const mine = new Mine({ ...merchant, apiv3Key: keys[0] });
  const { headers, body } = of(keys[0]);
  const request = new Request('https://merchant.example/notify', { method: 'POST', headers, body });
  const { wxpay, notification } = await Wechatpay.notificationOf([mine, mine], request);
  assert.equal(wxpay, mine);
  assert.deepEqual(notification, opened);
  assert.ok(request.bodyUsed);
  const alone = await Wechatpay.notificationOf([mine], { headers, body });
  assert.equal(alone.wxpay, mine);
});

test('merchants with keys of their own, and of both kinds', async (t) => {
  const sandboxes = await Promise.all([createSandbox(), createSandbox()]);
  t.after(() => Promise.all(sandboxes.map((sandbox) => sandbox.close?.())));
  const theirs = sandboxes.map(({ options }) => new Wechatpay(options));
  for (const [at, sandbox] of sandboxes.entries()) {
    const event = { eventType: 'TRANSACTION.SUCCESS', resource: { at } };
    const received = await Wechatpay.notificationOf(theirs, sandbox.notification(event));
    assert.equal(received.wxpay, theirs[at]);
    assert.deepEqual(received.notification.resource, { at });
  }
});

test('certificates are downloaded by whoever may, and by whom it is for', async (t) => {
  const sandbox = await createSandbox({ merchant: 'migrating' });
  t.after(() => sandbox.close());
  const auto = () => new Wechatpay({ ...sandbox.options, certs: 'auto' });
  const event = {
    eventType: 'TRANSACTION.SUCCESS',
    resource: { a: 1 },
    signedBy: 'certificate',
  };
  const downloads = () =>
    sandbox.requests.filter(({ url }) => url.startsWith('/v3/certificates')).length;
  // Another merchant knows the certificate, and cannot decrypt.
  const [{ serialNo, certificate }] = await auto().certificates();
  const other = client({ apiv3Key: keys[1], certs: { [serialNo]: certificate } });
  const before = downloads();
  const own = auto();
  for (const order of [
    [other, own],
    [own, other],
  ]) {
    const { wxpay } = await Wechatpay.notificationOf(order, sandbox.notification(event));
    assert.equal(wxpay, own);
  }
  assert.equal(downloads(), before + 1);
  // Nobody knows it: the first one that may downloads it.
  const [one, two] = [client({ apiv3Key: keys[1] }), auto()];
  const { wxpay } = await Wechatpay.notificationOf([one, two], sandbox.notification(event));
  assert.equal(wxpay, two);
  // A forged one makes nobody download.
  const forged = sandbox.notification(event);
  const fresh = auto();
  const count = downloads();
  await assert.rejects(
    Wechatpay.notificationOf([other, fresh], { ...forged, body: `${forged.body} ` }),
    { code: 'ERR_SIGNATURE_INVALID' },
  );
  assert.equal(downloads(), count);
});

test('the errors name the merchants that were tried', async () => {
  const refused = async (request, expected) => {
    const error = await Wechatpay.notificationOf(clients, request).catch((reason) => reason);
    assert.equal(error.code, expected.code, String(error));
    for (const mchid of mchids) assert.ok(error.message.includes(mchid), error.message);
    for (const apiv3Key of keys) assert.ok(!error.message.includes(apiv3Key));
    return error;
  };
  const config = await refused(of('D'.repeat(32)), { code: 'ERR_CONFIG' });
  assert.equal(config.option, 'apiv3Key');
  assert.equal(notificationResponse(config).status, 500);
  const { headers, body } = of(keys[1]);
  const invalid = await refused({ headers, body: `${body} ` }, { code: 'ERR_SIGNATURE_INVALID' });
  assert.equal(notificationResponse(invalid).status, 401);
  const unknown = { ...headers, 'Wechatpay-Serial': 'PUB_KEY_ID_99' };
  await refused({ headers: unknown, body }, { code: 'ERR_SERIAL_UNKNOWN' });
  await refused({ headers: {}, body }, { code: 'ERR_SIGNATURE_MISSING' });
  await refused(of(keys[0], { at: 1_000_000_000 }), { code: 'ERR_TIMESTAMP_SKEW' });
});

test('an error of one client names no other, and no merchant', async () => {
  const error = await Wechatpay.notificationOf([clients[0]], of('D'.repeat(32))).catch((e) => e);
  const same = await clients[0].notification(of('D'.repeat(32))).catch((e) => e);
  assert.equal(error.message, same.message);
});

test('what the headers decide is decided before the body is read, once', async () => {
  let reads = 0;
  const body = {
    async *[Symbol.asyncIterator]() {
      reads += 1;
      yield Buffer.from(of(keys[0]).body);
    },
  };
  const { headers } = of(keys[0]);
  const unknown = { ...headers, 'Wechatpay-Serial': 'PUB_KEY_ID_99' };
  await assert.rejects(Wechatpay.notificationOf(clients, { headers: unknown, body }), {
    code: 'ERR_SERIAL_UNKNOWN',
  });
  assert.equal(reads, 0);
  const good = of(keys[2]);
  const stream = {
    async *[Symbol.asyncIterator]() {
      reads += 1;
      yield Buffer.from(good.body);
    },
  };
  const { wxpay } = await Wechatpay.notificationOf(clients, { ...good, body: stream });
  assert.equal(wxpay, clients[2]);
  assert.equal(reads, 1);
});

test('a wrong list of clients', async () => {
  const request = of(keys[0]);
  for (const [given, message] of [
    [undefined, /array of Wechatpay/],
    [clients[0], /array of Wechatpay/],
    [new Set(clients), /array of Wechatpay/],
    [[], /is empty/],
    [[clients[0], undefined], /in place 1/],
    [[{}], /in place 0/],
    [[Promise.resolve(clients[0])], /in place 0/],
    [Array(1_001).fill(clients[0]), /more than 1000/],
  ]) {
    const error = await Wechatpay.notificationOf(given, request).catch((reason) => reason);
    assert.equal(error.name, 'ValidationError');
    assert.equal(error.field, 'clients');
    assert.match(error.message, message);
    // Not the request's fault.
    assert.equal(notificationResponse(error).status, 500);
    assert.match(error.stack, /several-merchants\.test\.mjs/);
  }
  const freed = client({ apiv3Key: keys[0] });
  freed.free();
  await assert.rejects(Wechatpay.notificationOf([clients[0], freed], request), {
    name: 'ConfigError',
    option: 'client',
  });
});

test('a client without an APIv3 key takes none of the others their notifications', async () => {
  const without = new Wechatpay({ ...merchant, mchid: '1230000999' });
  for (const order of [
    [clients[0], without],
    [without, clients[0]],
  ]) {
    const { wxpay } = await Wechatpay.notificationOf(order, of(keys[0]));
    assert.equal(wxpay, clients[0]);
  }
  // It may be the one that this was for.
  for (const given of [[without], [without, without], [without, clients[0]]]) {
    await assert.rejects(Wechatpay.notificationOf(given, of(keys[1])), {
      option: 'apiv3Key',
      message: /is missing for merchant 1230000999/,
    });
  }
});

test('the client that a notification is for tells of it; of a failure, the first that tells', async () => {
  const told = [];
  const telling = (at) =>
    client({
      apiv3Key: keys[at],
      mchid: mchids[at],
      onNotification: ({ verified }) => told.push([at, verified]),
    });
  const [silent, one, two] = [clients[0], telling(1), telling(2)];
  await Wechatpay.notificationOf([silent, one, two], of(keys[2]));
  await Wechatpay.notificationOf([two, one], of(keys[1]));
  await Wechatpay.notificationOf([silent, one], of(keys[0]));
  assert.deepEqual(told.splice(0), [
    [2, true],
    [1, true],
  ]);
  await assert.rejects(Wechatpay.notificationOf([silent, one, two], of('D'.repeat(32))));
  assert.deepEqual(told, [[1, false]]);
});
