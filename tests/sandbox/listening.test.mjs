// Those who listen to a sandbox's notifications: what they may ask for, and what goes to them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

// The package has it inside; of where a URL leads, only a part can be tried on one machine.
import { createListening } from '../../pkg-template/sandbox/listening.mjs';
import { receiver, until } from './receiver.mjs';

describe('those who listen', { timeout: 60_000 }, () => {
  let sandbox;
  let token;
  before(async () => {
    sandbox = await createSandbox();
    ({ token } = await (await fetch(`${sandbox.url}/-/session`)).json());
  });
  after(() => sandbox.close());

  const listen = (body, headers = { 'Sandbox-Token': token }, signal) =>
    fetch(`${sandbox.url}/-/listen`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body), signal },
    });

  test('need the token', async () => {
    for (const headers of [{}, { 'Sandbox-Token': 'x' }]) {
      assert.equal((await listen({}, headers)).status, 403);
    }
    assert.equal((await fetch(`${sandbox.url}/-/listen`)).status, 405);
  });

  for (const [body, message] of [
    [{ to: 'localhost:3000' }, 'to must be a URL of http or https'],
    [{ to: 3000 }, 'to must be a URL of http or https'],
    [{ speed: 0 }, 'speed must be a number from 1 to 1000000'],
    [{ speed: '5' }, 'speed must be a number from 1 to 1000000'],
    [{ sped: 1 }, 'unknown member sped (known: to, speed)'],
  ]) {
    test(`are told what is wrong with ${JSON.stringify(body)}`, async () => {
      const response = await listen(body);
      assert.equal(response.status, 400);
      assert.deepEqual(await response.json(), { message });
    });
  }

  test('hear each attempt, until they leave', async () => {
    const server = await receiver((_, count) => (count === 1 ? 500 : 204));
    const leave = new AbortController();
    const response = await listen({ to: server.url, speed: 10_000 }, undefined, leave.signal);
    let heard = '';
    const reading = (async () => {
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) heard += part;
    })().catch(() => {});
    await until(() => /^event: listening$/m.test(heard));
    await sandbox.trigger('REFUND.SUCCESS');
    await until(() => heard.match(/^event: attempt$/gm)?.length === 2);
    const attempts = [...heard.matchAll(/^event: attempt\ndata: (.*)$/gm)];
    const told = { eventType: 'REFUND.SUCCESS', url: server.url, body: '', speed: 10_000 };
    assert.deepEqual(
      attempts.map(([, data]) => JSON.parse(data)),
      [
        { ...told, number: 1, status: 500, delivered: false, pause: 15 },
        { ...told, number: 2, status: 204, delivered: true },
      ],
    );
    leave.abort();
    await reading;
    const gone = () =>
      sandbox.trigger('REFUND.SUCCESS').then(
        () => false,
        ({ message }) => /`to` must be a URL/.test(message),
      );
    for (let count = 0; count < 100 && !(await gone()); count += 1);
    assert.equal(await gone(), true);
    await server.close();
  });

  test('take what leads away from this machine and its network', () => {
    const listening = createListening();
    const to = 'http://localhost:3000/notify';
    const url = 'https://merchant.example/notify';
    assert.equal(listening.addressFor(url), url);
    const leaveFirst = listening.add({ to, speed: 10 });
    for (const away of [
      ...[
        url,
        'http://8.8.8.8/',
        'http://172.32.0.1/',
        'http://[2001:db8::1]/',
        'http://1.10.0.1/',
      ],
      ...['https://localhost.example/', 'https://app.locals/', 'http://11.1.1.1/'],
    ]) {
      assert.equal(listening.addressFor(away), to, away);
    }
    for (const near of [
      ...['http://localhost:1/', 'http://127.0.0.2/', 'http://[::1]:1/', 'http://10.1.2.3/'],
      ...['http://172.16.0.1/', 'http://172.31.9.9/', 'http://192.168.1.1/', 'http://[fd00::1]/'],
      ...['http://app:3000/notify', 'http://host.docker.internal:3000/', 'http://shop.localhost/'],
      ...['http://169.254.1.1/', 'http://[fe80::1]/', 'http://APP/', 'no url'],
    ]) {
      assert.equal(listening.addressFor(near), near);
    }
    // The last who says so decides; one that leaves gives way to the one before.
    const leaveSecond = listening.add({ speed: 20 });
    assert.deepEqual([listening.speed, listening.to], [20, to]);
    leaveSecond();
    assert.equal(listening.speed, 10);
    leaveFirst();
    assert.deepEqual([listening.speed, listening.to], [10_000, undefined]);
  });
});
