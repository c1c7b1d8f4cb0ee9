// Connections that begin a notification and never end it. The process lives, honest notifications are
// served meanwhile, and the memory is given back.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { notification } from './encrypted-notification.mjs';

const MIB = 2 ** 20;

let server;
let url;

before(async () => {
  // A heap that a flood would fill if it were kept.
  const execArgv = ['--expose-gc', '--max-old-space-size=96'];
  server = fork(fileURLToPath(new URL('flood-server.mjs', import.meta.url)), { execArgv });
  [{ url }] = await once(server, 'message');
});

after(() => server.disconnect());

async function state() {
  server.send('state');
  const [said] = await once(server, 'message');
  return said;
}

async function honest() {
  const { headers, body } = notification();
  const { status } = await fetch(url, { method: 'POST', headers, body });
  return status;
}

/** Opens connections, each of which sends `length` bytes of a body that never ends. */
async function flood(count, headers, length, announced = MIB) {
  const lines = Object.entries({ ...headers, 'Content-Length': announced });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const request = Buffer.from(`POST /notify HTTP/1.1\r\nHost: x\r\n${head}\r\n`);
  const body = Buffer.alloc(length, 0x20);
  const sockets = [];
  for (let at = 0; at < count; at += 50) {
    const some = Array.from({ length: Math.min(50, count - at) }, async () => {
      const socket = connect(new URL(url).port, '127.0.0.1');
      // The server may close it.
      socket.on('error', () => {});
      socket.answer = new Promise((resolve) => {
        socket.once('data', resolve).once('close', resolve);
      });
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write(request);
      socket.write(body);
    });
    await Promise.all(some);
  }
  return sockets;
}

function end(sockets) {
  for (const socket of sockets) socket.destroy();
}

const { headers } = notification();
const genuine = Object.fromEntries(
  Object.entries(headers).filter(([name]) => name.startsWith('Wechatpay-')),
);
const now = { ...genuine, 'Wechatpay-Timestamp': String(Math.floor(Date.now() / 1000)) };

test('what the headers refuse is refused before the body arrives', async () => {
  assert.equal(await honest(), 204);
  const first = await state();
  const kinds = {
    ERR_TIMESTAMP_SKEW: { ...now, 'Wechatpay-Timestamp': '1' },
    ERR_SERIAL_UNKNOWN: { ...now, 'Wechatpay-Serial': 'PUB_KEY_ID_0' },
    ERR_SIGNATURE_MISSING: { ...now, 'Wechatpay-Nonce': '' },
  };
  for (const [code, spoiled] of Object.entries(kinds)) {
    const sockets = await flood(100, spoiled, 1_000);
    // Each is answered although its body never ends.
    await Promise.all(sockets.map(({ answer }) => answer));
    const { codes } = await state();
    assert.equal(codes[code], 100, code);
    end(sockets);
  }
  // So is one that announces more than a notification has.
  const sockets = await flood(100, now, 1_000, MIB + 1);
  await Promise.all(sockets.map(({ answer }) => answer));
  end(sockets);
  const last = await state();
  assert.equal(last.codes.ERR_PARAM, 100);
  assert.equal(last.wasm, first.wasm);
});

test('what waits longest gives way, and honest notifications are served', async () => {
  // What a server has once it has served many: compiled code, and buffers of its connections.
  end(await flood(1_000, now, 1_000));
  await honest();
  await state();
  const first = await state();
  const served = [];
  // Three times as many as wait at once, and twice as many bytes.
  const sockets = [];
  for (let round = 0; round < 6; round += 1) {
    sockets.push(...(await flood(500, now, 40_000)));
    served.push(await honest());
  }
  assert.deepEqual(served, Array(6).fill(204));
  const during = await state();
  assert.ok(during.codes.ERR_TOO_MANY_NOTIFICATIONS > 1_500, JSON.stringify(during.codes));
  assert.equal(during.wasm, first.wasm);
  assert.ok(during.held < first.held + 200 * MIB, `${during.held} bytes`);
  end(sockets);
  // The server takes a while to hear of so many ends.
  let last = await state();
  for (let wait = 0; wait < 50 && last.held >= first.held * 1.1; wait += 1) last = await state();
  assert.equal(await honest(), 204);
  assert.ok(last.held < first.held * 1.1, `${first.held} bytes before, ${last.held} after`);
});

test('the one that gives way is answered with 503', async () => {
  const [first] = await flood(1, now, 1_000);
  const sockets = await flood(1_000, now, 1_000);
  assert.match(String(await first.answer), /^HTTP\/1\.1 503 /);
  end([first, ...sockets]);
});
