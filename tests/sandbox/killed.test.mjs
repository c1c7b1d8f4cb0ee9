// A sandbox with a file is killed in the middle of its work: the next one knows of all that anybody was told.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver, until } from './receiver.mjs';
import { plainClient } from './two-clients.mjs';

const PROGRAM = `
  import { createSandbox } from 'wechatpay-wasm/sandbox';
  const sandbox = await createSandbox({ state: process.argv[1] });
  const { url, options } = sandbox;
  console.log(JSON.stringify({ url, options }));
  process.stdin.on('data', (number) => sandbox.pay(String(number).trim()));
`;

describe('a sandbox that is killed', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-killed-'));
  const file = join(folder, 'state');
  after(() => rmSync(folder, { recursive: true }));

  const start = async (path = file, ...shell) => {
    const node = [process.execPath, '--input-type=module', '-e', PROGRAM, path];
    const [program, ...args] = [...shell, ...node];
    const child = spawn(program, args, {
      cwd: new URL('..', import.meta.url),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    return { child, ...JSON.parse(line) };
  };
  const order = ({ options }, out_trade_no, more) => ({
    ...{ appid: 'wx1', mchid: options.mchid, description: 'a', out_trade_no },
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: 100 },
    ...more,
  });
  const native = (sandbox, number, more) =>
    plainClient(sandbox).post('/v3/pay/transactions/native', order(sandbox, number, more));
  const queried = async (sandbox, number) => {
    const path = `/v3/pay/transactions/out-trade-no/${number}?mchid=${sandbox.options.mchid}`;
    return (await plainClient(sandbox).get(path)).data;
  };
  const refundOf = (sandbox, number, refund, amount = 1) =>
    plainClient(sandbox).post('/v3/refund/domestic/refunds', {
      ...{ out_trade_no: number, out_refund_no: refund },
      amount: { refund: amount, total: 100, currency: 'CNY' },
    });
  const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

  test('has lost nothing that was told, and the money adds up', async (t) => {
    let told = 0;
    for (let round = 0; round < 4; round += 1) {
      const { child, ...running } = await start();
      const number = `ORDER_${round}`;
      assert.equal((await native(running, number)).status, 200);
      child.stdin.write(`${number}\n`);
      await until(async () => (await queried(running, number)).trade_state === 'SUCCESS');
      // As many at once as there can be. The kill comes while some are on their way.
      const answered = [];
      const work = async (worker) => {
        for (let each = 0; each < 25; each += 1) {
          const refund = `${number}_${worker}_${each}`;
          const { status } = await refundOf(running, number, refund);
          if (status === 200) answered.push(refund);
        }
      };
      const working = Array.from({ length: 4 }, (_, worker) => work(worker).catch(() => {}));
      await until(() => answered.length > 5 + 7 * round);
      child.kill('SIGKILL');
      await Promise.all(working);

      const sandbox = await createSandbox({ state: file });
      const client = plainClient(sandbox);
      for (const refund of answered) {
        const { data } = await client.get(`/v3/refund/domestic/refunds/${refund}`);
        assert.equal(data.status, 'SUCCESS', refund);
        told += 1;
      }
      // What is left can be refunded, to the fen: a refund that is there was counted, and no other.
      const { data: bill } = await client.get(`/v3/bill/tradebill?bill_date=${today()}`);
      const rows = (await client.download(bill)).toString().split('\r\n');
      const done = rows.filter((row) => row.includes(`\`${number}_`)).length;
      assert.ok(done >= answered.length);
      assert.equal((await refundOf(sandbox, number, `${number}_MORE`, 101 - done)).status, 400);
      assert.equal((await refundOf(sandbox, number, `${number}_REST`, 100 - done)).status, 200);
      assert.equal((await refundOf(sandbox, number, `${number}_LAST`, 1)).status, 400);
      await sandbox.close();
    }
    t.diagnostic(`${told} refunds were told of, and are there`);
    assert.ok(told > 20);
  });

  test('sends the notification that it had not delivered', async () => {
    const { child, ...running } = await start();
    let isUp = false;
    const server = await receiver(() => (isUp ? 204 : 500));
    await native(running, 'ORDER_N', { notify_url: server.url });
    child.stdin.write('ORDER_N\n');
    await until(() => server.requests.length > 0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = server.requests.length;
    isUp = true;
    const told = [];
    const sandbox = await createSandbox({ state: file, onDelivery: (each) => told.push(each) });
    await until(() => told.some(({ url, delivered }) => url === server.url && delivered));
    assert.equal(server.requests.length, before + 1);
    const { resource } = plainClient(sandbox).notification(server.requests.at(-1));
    assert.equal(resource.out_trade_no, 'ORDER_N');
    await sandbox.close();
    // And not once more.
    const again = await createSandbox({ state: file });
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(server.requests.length, before + 1);
    await again.close();
    await server.close();
  });

  test('writes whole lines, or none, where there is no more space', {
    skip: process.platform === 'win32',
  }, async () => {
    const path = join(folder, 'full');
    // A file of 32 KiB at most. What is more is EFBIG, after a part was written.
    const { child, ...running } = await start(path, 'sh', '-c', 'ulimit -f 64; exec "$@"', 'sh');
    const made = [];
    let refused;
    for (let each = 0; refused === undefined; each += 1) {
      const response = await native(running, `FULL_${each}`);
      if (response.status === 200) made.push(`FULL_${each}`);
      else refused = response;
    }
    assert.deepEqual([refused.status, refused.code], [500, 'SYSTEM_ERROR']);
    assert.equal(await queried(running, `FULL_${made.length}`), undefined);
    assert.equal((await queried(running, made.at(-1))).trade_state, 'NOTPAY');
    child.kill('SIGKILL');
    const text = readFileSync(path, 'utf8');
    assert.ok(text.endsWith('\n'));
    const sandbox = await createSandbox({ state: path });
    for (const number of made) {
      assert.equal((await queried(sandbox, number)).trade_state, 'NOTPAY');
    }
    assert.equal(await queried(sandbox, `FULL_${made.length}`), undefined);
    await sandbox.close();
  });

  test('keeps its platform certificates', async () => {
    const options = { state: join(folder, 'certificates'), merchant: 'certificates' };
    const sandbox = await createSandbox(options);
    const rotated = await sandbox.rotateCertificate();
    const first = sandbox.options.certs;
    await sandbox.close();
    const again = await createSandbox(options);
    assert.deepEqual(Object.keys(again.options.certs), [rotated]);
    // What was given before the change is still listed.
    const { data } = await plainClient(again).get('/v3/certificates');
    const serials = data.data.map(({ serial_no: serial }) => serial);
    assert.deepEqual(serials, [rotated, ...Object.keys(first)]);
    await again.close();
  });

  test('gives way to another that uses its file', async () => {
    const path = join(folder, 'shared');
    const first = await createSandbox({ state: path });
    await native(first, 'ORDER_1');
    const second = await createSandbox({ state: path });
    const refused = await native(first, 'ORDER_2');
    assert.deepEqual([refused.status, refused.code], [500, 'SYSTEM_ERROR']);
    assert.match(first.requests.at(-1).result.reason, /another sandbox uses it now/);
    // It has not happened, in neither of them.
    assert.equal(await queried(first, 'ORDER_2'), undefined);
    assert.equal((await queried(first, 'ORDER_1')).trade_state, 'NOTPAY');
    await assert.rejects(first.pay('ORDER_1'), /another sandbox uses it now/);
    assert.equal((await queried(first, 'ORDER_1')).trade_state, 'NOTPAY');
    assert.equal((await native(second, 'ORDER_2')).status, 200);
    await Promise.all([first.close(), second.close()]);
  });

  test('follows a link to its file', { skip: process.platform === 'win32' }, async () => {
    const target = join(folder, 'target');
    const link = join(folder, 'link');
    writeFileSync(target, '');
    symlinkSync(target, link);
    const sandbox = await createSandbox({ state: link });
    await native(sandbox, 'ORDER_1');
    await sandbox.close();
    const again = await createSandbox({ state: target });
    assert.equal((await queried(again, 'ORDER_1')).trade_state, 'NOTPAY');
    await again.close();
  });

  test('starts with an empty file, and not with one that no sandbox wrote', async () => {
    const path = join(folder, 'other');
    writeFileSync(path, '');
    await (await createSandbox({ state: path })).close();
    const good = readFileSync(path, 'utf8');
    for (const line of ['5', '{}', '[5]', '[["orders"]]', '[["orders",1,{}]]', '"orders"']) {
      writeFileSync(path, `${good}${line}\n`);
      await assert.rejects(createSandbox({ state: path }), /that no sandbox has written/, line);
    }
    writeFileSync(path, good);
    appendFileSync(path, Buffer.from([0xff, 0x0a]));
    await assert.rejects(createSandbox({ state: path }), /not JSON/);
    await assert.rejects(createSandbox({ state: folder }), { code: 'EISDIR' });
  });
});
