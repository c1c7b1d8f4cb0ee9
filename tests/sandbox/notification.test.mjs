// Verified and decrypted with node:crypto by hand.
import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';

import { createSandbox } from 'wechatpay-wasm/sandbox';
import { onLoopback } from '../loopback.mjs';
import { assertSigned } from './signed-request.mjs';

const NOON = Date.parse('2026-02-28T16:30:05Z');
const EVENT = {
  eventType: 'TRANSACTION.SUCCESS',
  summary: '支付成功',
  resource: {
    out_trade_no: '1217752501201407033233368018',
    amount: { total: 100 },
    attach: '附加',
  },
};

describe('notifications of the sandbox', { timeout: 60_000 }, () => {
  let sandbox;
  before(async () => {
    sandbox = await createSandbox({ clock: () => NOON });
  });
  after(() => sandbox.close());

  const lowerCase = (headers) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

  const open = ({ ciphertext, nonce, associated_data: associatedData }) => {
    const bytes = Buffer.from(ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', sandbox.options.apiv3Key, nonce);
    decipher.setAAD(Buffer.from(associatedData)).setAuthTag(bytes.subarray(-16));
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    return JSON.parse(opened);
  };

  /** A receiver on loopback, and the requests that it received. */
  const receiver = async (respond) => {
    const received = [];
    const server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method, url, headers } = request;
      received.push({ method, url, headers, raw: Buffer.concat(chunks) });
      respond(response, request);
    });
    return { ...(await onLoopback(server)), received };
  };

  test('has the documented body', () => {
    const { body } = sandbox.notification(EVENT);
    const { id, resource, ...rest } = JSON.parse(body);
    assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual(rest, {
      create_time: '2026-03-01T00:30:05+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
    });
    const { ciphertext, nonce, ...open } = resource;
    assert.deepEqual(open, {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      associated_data: 'transaction',
    });
    assert.match(nonce, /^[0-9A-Za-z]{12}$/);
    assert.match(ciphertext, /^[0-9A-Za-z+/]+=*$/);
  });

  test("is signed like a response, at the sandbox's time", () => {
    const { headers, body } = sandbox.notification(EVENT);
    assert.deepEqual(Object.keys(headers).sort(), [
      'Content-Type',
      'Request-ID',
      'Wechatpay-Nonce',
      'Wechatpay-Serial',
      'Wechatpay-Signature',
      'Wechatpay-Signature-Type',
      'Wechatpay-Timestamp',
    ]);
    assert.equal(headers['Content-Type'], 'application/json');
    assert.equal(headers['Wechatpay-Timestamp'], String(NOON / 1000));
    const response = { headers: lowerCase(headers), raw: body };
    assertSigned(response, sandbox);
    assert.throws(() => assertSigned({ ...response, raw: `${body} ` }, sandbox), /is not valid/);
  });

  test('is encrypted with the APIv3 key, with associated data and a tag', () => {
    const { resource } = JSON.parse(sandbox.notification(EVENT).body);
    assert.deepEqual(open(resource), EVENT.resource);
    assert.throws(() => open({ ...resource, associated_data: 'refund' }));
    assert.throws(() => open({ ...resource, nonce: '0'.repeat(12) }));
  });

  test('accepts every optional field', () => {
    const { body } = sandbox.notification({
      ...EVENT,
      resourceType: 'other-resource',
      originalType: 'other',
      associatedData: '',
    });
    const { resource, resource_type: resourceType } = JSON.parse(body);
    assert.equal(resourceType, 'other-resource');
    assert.equal(resource.original_type, 'other');
    assert.equal(resource.associated_data, '');
    assert.deepEqual(open(resource), EVENT.resource);
  });

  test('fills in what is left out', () => {
    const eventType = 'CROSS_BORDER_PAY.PUSH_ORDER_INFO';
    const event = { eventType, resource: {}, summary: undefined, originalType: undefined };
    const { summary, resource } = JSON.parse(sandbox.notification(event).body);
    assert.equal(summary, eventType);
    assert.equal(resource.original_type, 'cross_border_pay');
    assert.equal(resource.associated_data, 'cross_border_pay');
    assert.deepEqual(open(resource), {});
  });

  test('every notification is different, and is frozen', () => {
    const [one, two] = [sandbox.notification(EVENT), sandbox.notification(EVENT)];
    const [first, second] = [JSON.parse(one.body), JSON.parse(two.body)];
    assert.notEqual(first.id, second.id);
    assert.notEqual(first.resource.nonce, second.resource.nonce);
    assert.notEqual(one.headers['Wechatpay-Nonce'], two.headers['Wechatpay-Nonce']);
    assert.notEqual(one.headers['Request-ID'], two.headers['Request-ID']);
    assert.ok(Object.isFrozen(one) && Object.isFrozen(one.headers));
  });

  test('makes a Request of fetch', async () => {
    const notification = sandbox.notification(EVENT);
    const request = new Request('https://merchant.example/', { method: 'POST', ...notification });
    const raw = await request.text();
    assertSigned({ headers: Object.fromEntries(request.headers), raw }, sandbox);
  });

  for (const [event, message] of [
    [undefined, /: the event must be an object$/],
    ['TRANSACTION.SUCCESS', /: the event must be an object$/],
    [{ resource: {} }, /: eventType must be a string$/],
    [{ eventType: '', resource: {} }, /: eventType must be a string$/],
    [{ eventType: 'A' }, /: resource must be an object$/],
    [{ eventType: 'A', resource: '{}' }, /: resource must be an object$/],
    [{ eventType: 'A', resource: {}, summary: 1 }, /: summary must be a string$/],
    [{ eventType: 'A', resource: {}, associatedData: null }, /: associatedData must be a string$/],
    [{ event_type: 'A', resource: {} }, /: unknown member event_type of the event \(it knows eve/],
  ]) {
    test(`rejects the event ${inspect(event)}`, async () => {
      const expected = { name: 'TypeError', message };
      assert.throws(() => sandbox.notification(event), expected);
      await assert.rejects(sandbox.notify('http://127.0.0.1:1/', event), expected);
    });
  }

  test("notify posts it, and returns the receiver's response", async () => {
    const shop = await receiver((response) => {
      response.writeHead(500).end('{"code":"FAIL","message":"失败"}');
    });
    try {
      const response = await sandbox.notify(`${shop.url}/notify?shop=1`, EVENT);
      assert.deepEqual(response, { status: 500, body: '{"code":"FAIL","message":"失败"}' });
      const [{ method, url, headers, raw }] = shop.received;
      assert.deepEqual([method, url], ['POST', '/notify?shop=1']);
      assertSigned({ headers, raw }, sandbox);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['content-length'], String(raw.length));
      assert.deepEqual(open(JSON.parse(raw).resource), EVENT.resource);
      await sandbox.notify(new URL(shop.url), EVENT);
      assert.equal(shop.received.length, 2);
    } finally {
      await shop.close();
    }
  });

  test('notify causes no warning, even with many at once', async () => {
    const shop = await receiver((response) => response.end());
    const warnings = [];
    const keep = (warning) => warnings.push(warning.name);
    process.on('warning', keep);
    try {
      await Promise.all(Array.from({ length: 20 }, () => sandbox.notify(shop.url, EVENT)));
      assert.deepEqual(warnings, []);
    } finally {
      process.off('warning', keep);
      await shop.close();
    }
  });

  test('notify follows no redirect', async () => {
    const shop = await receiver((response) => response.writeHead(307, { Location: '/' }).end());
    try {
      assert.deepEqual(await sandbox.notify(shop.url, EVENT), { status: 307, body: '' });
      assert.equal(shop.received.length, 1);
    } finally {
      await shop.close();
    }
  });

  test('notify returns at most 1 MiB of a response', async () => {
    const shop = await receiver((response) => response.end('x'.repeat(3_000_000)));
    try {
      assert.equal((await sandbox.notify(shop.url, EVENT)).body.length, 1024 * 1024);
    } finally {
      await shop.close();
    }
  });

  test('notify waits 5 s for the complete response', async () => {
    const shop = await receiver((response) => response.write('{'));
    try {
      const started = performance.now();
      await assert.rejects(sandbox.notify(shop.url, EVENT), {
        message: 'no response within 5 s: WeChat Pay waits no longer',
      });
      assert.ok(performance.now() - started >= 4_990);
    } finally {
      await shop.close();
    }
  });

  for (const url of ['', '/notify', 'ftp://127.0.0.1/', 'file:///etc/passwd', undefined]) {
    test(`notify rejects the URL ${inspect(url)}`, () =>
      assert.rejects(sandbox.notify(url, EVENT), {
        name: 'TypeError',
        message: 'sandbox.notify: the URL must be one of http or https',
      }));
  }

  test('notify reports a receiver that is not there', async () => {
    const shop = await receiver((response) => response.end());
    await shop.close();
    await assert.rejects(sandbox.notify(shop.url, EVENT), { code: 'ECONNREFUSED' });
  });

  test('close() ends running notifications', async () => {
    const other = await createSandbox();
    const shop = await receiver(() => other.close());
    try {
      await assert.rejects(other.notify(shop.url, EVENT), { name: 'AbortError' });
      await assert.rejects(other.notify(shop.url, EVENT), { name: 'AbortError' });
      assert.equal(shop.received.length, 1);
    } finally {
      await shop.close();
    }
  });

  test('a broken clock is reported', async () => {
    const broken = await createSandbox({ clock: () => Number.NaN });
    try {
      assert.throws(() => broken.notification(EVENT), /clock did not return milliseconds/);
    } finally {
      await broken.close();
    }
  });
});
