// The commands that drive a sandbox which runs as a process of its own, and listen to it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { onLoopback } from '../loopback.mjs';
import { run, start, variablesIn } from './command-process.mjs';
import { receiver, until } from './receiver.mjs';

const AWAY = 'https://merchant.example/notify';

describe('commands for a running sandbox', { timeout: 180_000 }, () => {
  let folder;
  let sandbox;
  let url;
  let wxpay;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
    sandbox = await start(['sandbox'], /until Ctrl\+C\.$/m);
    const variables = variablesIn(sandbox.printed.stdout);
    url = variables.WECHATPAY_BASE_URL;
    wxpay = Wechatpay.fromEnv(variables);
  });
  after(async () => {
    wxpay.free();
    await sandbox.end('SIGTERM');
    rmSync(folder, { recursive: true });
  });

  const tell = (...args) => run([...args, '--sandbox', url]);

  /** Runs `listen` until the test has seen enough. */
  const listen = (...args) =>
    start(['listen', '--sandbox', url, ...args], /^Listening until Ctrl\+C\.$/m);

  const order = (out_trade_no, notify_url) =>
    wxpay.v3.pay.transactions.native.post({
      json: {
        appid: 'wxd678efh567hg6787',
        mchid: variablesIn(sandbox.printed.stdout).WECHATPAY_MCHID,
        description: 'QQ公仔',
        out_trade_no,
        notify_url,
        amount: { total: 100 },
      },
    });
  const stateOf = async (out_trade_no) => {
    const { mchid } = { mchid: variablesIn(sandbox.printed.stdout).WECHATPAY_MCHID };
    const { outTradeNo } = wxpay.v3.pay.transactions;
    const { data } = await outTradeNo._out_trade_no_.get({ out_trade_no, query: { mchid } });
    return data.trade_state;
  };
  const opened = ({ headers, body }) => wxpay.notification({ headers, body });

  test('trigger sends an event that is signed with the keys of that sandbox', async () => {
    const server = await receiver();
    const fields = ['--field', 'amount.total=888', '--field', 'attach:="a=b"'];
    const more = ['--field', 'out_trade_no=20261127', '--field', 'promotion_detail.0.name=A B'];
    const { code, stdout, stderr } = await tell(
      ...['trigger', 'TRANSACTION.SUCCESS', '--to', server.url, ...fields, ...more],
    );
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^TRANSACTION\.SUCCESS to .*: attempt 1: 204\nThe handler has it\.\n$/);
    assert.deepEqual(JSON.parse(stdout), {
      eventType: 'TRANSACTION.SUCCESS',
      url: server.url,
      delivered: true,
      attempts: [{ status: 204, body: '' }],
    });
    const { eventType, resource } = await opened(server.requests[0]);
    assert.equal(eventType, 'TRANSACTION.SUCCESS');
    // Each has the type that it has in the sample.
    assert.equal(resource.amount.total, 888);
    assert.equal(resource.out_trade_no, '20261127');
    assert.equal(resource.attach, 'a=b');
    assert.equal(resource.promotion_detail[0].name, 'A B');
    assert.ok('coupon_id' in resource.promotion_detail[0]);
    await server.close();
  });

  test('trigger takes fields as JSON: as text, from a file, from stdin', async () => {
    const server = await receiver();
    const file = join(folder, 'fields.json');
    writeFileSync(file, JSON.stringify({ out_refund_no: 'R_FILE' }));
    const send = async (json, input) => {
      const more = ['--field', 'amount.refund=7', '--to', server.url, '--sandbox', url];
      const args = ['trigger', 'REFUND.SUCCESS', '--json', json, ...more];
      const { code, stderr } = await run(args, { input });
      assert.equal(code, 0, stderr);
      return (await opened(server.requests.at(-1))).resource;
    };
    const text = await send('{"out_refund_no":"R_TEXT","amount":{"total":9}}');
    assert.equal(text.out_refund_no, 'R_TEXT');
    assert.deepEqual([text.amount.total, text.amount.refund], [9, 7]);
    assert.equal((await send(`@${file}`)).out_refund_no, 'R_FILE');
    assert.equal((await send('@-', '{"out_refund_no":"R_STDIN"}')).out_refund_no, 'R_STDIN');
    await server.close();
  });

  test('trigger finds the sandbox by the environment, .env and .dev.vars', async () => {
    const server = await receiver();
    const args = ['trigger', 'REFUND.SUCCESS', '--to', server.url];
    const env = await run(args, { cwd: folder, env: { WECHATPAY_BASE_URL: url } });
    assert.equal(env.code, 0, env.stderr);
    for (const [file, text] of [
      ['.env', `A=1\r\nWECHATPAY_BASE_URL=${url}\r\n`],
      ['.dev.vars', `export WECHATPAY_BASE_URL='${url}'`],
    ]) {
      writeFileSync(join(folder, file), text);
      const found = await run(args, { cwd: folder });
      assert.equal(found.code, 0, found.stderr);
      rmSync(join(folder, file));
    }
    assert.equal(server.requests.length, 3);
    await server.close();
  });

  test('trigger says what the handler answered, and fails if it does not have the event', async () => {
    const server = await receiver(() => 500);
    const args = ['trigger', 'REFUND.CLOSED', '--to', server.url];
    const once = await tell(...args);
    assert.equal(once.code, 1);
    assert.match(once.stderr, /: attempt 1: 500\nThe handler does not have it\.\n$/);
    const thrice = await tell(...args, '--attempts', '3');
    assert.equal(JSON.parse(thrice.stdout).attempts.length, 3);
    assert.match(thrice.stderr, /: attempt 3: 500\nThe handler does not/);
    await server.close();
    const refused = await tell(...args);
    assert.match(refused.stderr, /: attempt 1: ECONNREFUSED\n/);
    const nowhere = await tell('trigger', 'REFUND.CLOSED');
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /^The sandbox refuses: sandbox\.trigger: `to` must be a URL/);
  });

  test('a handler that hangs is waited for as long as WeChat Pay waits', async () => {
    const { url: to, close } = await onLoopback(createServer(() => {}));
    const { code, stderr } = await tell('trigger', 'REFUND.SUCCESS', '--to', to);
    assert.equal(code, 1);
    assert.match(stderr, /: attempt 1: no response within 5 s: WeChat Pay waits no longer\n/);
    await close();
  });

  test('pay pays an order once, and says what became of its notification', async () => {
    const server = await receiver();
    await order('PAID_1', server.url);
    assert.equal(await stateOf('PAID_1'), 'NOTPAY');
    const paid = await tell('pay', 'PAID_1');
    assert.equal(paid.code, 0, paid.stderr);
    assert.match(
      paid.stderr,
      /^The order is paid\.\nTRANSACTION\.SUCCESS to .*: 204\nThe handler h/,
    );
    assert.equal(JSON.parse(paid.stdout).delivered, true);
    assert.equal(await stateOf('PAID_1'), 'SUCCESS');
    const again = await tell('pay', 'PAID_1');
    assert.equal(again.code, 1);
    assert.match(again.stderr, /^The sandbox refuses: .*PAID_1/);
    const unknown = await tell('pay', 'NONE_1');
    assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
    assert.equal(unknown.stderr, 'The sandbox refuses: there is no order NONE_1.\n');
    await server.close();
  });

  test('confirm confirms a transfer', async () => {
    const json = {
      ...{ appid: 'wxf636efh567hg4356', out_bill_no: 'BILL1', transfer_scene_id: '1000' },
      ...{ openid: 'o-MYE42l80oelYMDE34nYD456Xoy', transfer_amount: 100, transfer_remark: '有礼' },
      transfer_scene_report_infos: [{ info_type: '活动名称', info_content: '新会员有礼' }],
    };
    await wxpay.v3.fundApp.mchTransfer.transferBills.post({ json });
    const { code, stdout, stderr } = await tell('confirm', 'BILL1');
    assert.deepEqual([code, stdout], [0, 'null\n'], stderr);
    assert.equal(stderr, 'The transfer is confirmed.\nThere is no notify_url.\n');
    const unknown = await tell('confirm', 'BILL2');
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /^The sandbox refuses: .*BILL2/);
  });

  test('respond chooses a response, and takes it away', async () => {
    const path = ['POST', '/v3/pay/transactions/native'];
    const asked = () => order(`R_${Math.random()}`.replace('.', ''), AWAY);
    const code = await tell('respond', ...path, 'NOT_ENOUGH', 'times=1');
    assert.equal(code.code, 0, code.stderr);
    await assert.rejects(asked(), { code: 'NOT_ENOUGH', status: 403 });
    await asked();
    await tell('respond', ...path, '429', 'RATELIMIT_EXCEEDED');
    await assert.rejects(asked(), { code: 'RATELIMIT_EXCEEDED', status: 429 });
    await tell('respond', ...path, 'none');
    await asked();
    await tell('respond', `${path.join(' ')} {"body":{"code_url":"weixin://x"},"times":1}`);
    assert.deepEqual((await asked()).data, { code_url: 'weixin://x' });
    const wrong = await tell('respond', ...path, 'NOBODY_KNOWS');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^The sandbox refuses: sandbox\.respond: nobody documents a status/);
  });

  test('faults sets the faults of the next calls, and none', async () => {
    const set = await tell('faults', 'unsigned,', 'times=1');
    assert.deepEqual(set, { code: 0, stdout: '{"unsigned":true,"times":1}\n', stderr: '' });
    await assert.rejects(order('FAULT_1', AWAY), { code: 'ERR_SIGNATURE_MISSING' });
    await tell('faults', 'delay=1, code=NOT_ENOUGH');
    await assert.rejects(order('FAULT_2', AWAY), { code: 'NOT_ENOUGH' });
    assert.deepEqual(await tell('faults', 'none'), { code: 0, stdout: '{}\n', stderr: '' });
    await order('FAULT_3', AWAY);
    const wrong = await tell('faults', 'slow');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^The sandbox refuses: sandbox\.faults: unknown fault slow/);
  });

  test('listen prints each attempt, with pauses that grow as WeChat Pay’s do', async () => {
    const server = await receiver((_, count) => (count < 3 ? 500 : 204));
    const { printed, end } = await listen('--speed', '1000');
    await order('HEARD_1', server.url);
    await tell('pay', 'HEARD_1');
    await until(() => /attempt 3/.test(printed.stdout));
    const to = `TRANSACTION.SUCCESS to ${server.url}: attempt`;
    assert.deepEqual(printed.stdout.trimEnd().split('\n'), [
      `${to} 1: 500; again in 0.015 s (WeChat Pay: 15 s)`,
      `${to} 2: 500; again in 0.015 s (WeChat Pay: 15 s)`,
      `${to} 3: 204; the handler has it`,
    ]);
    const { code, by } = await end('SIGINT');
    assert.deepEqual([code, by], [0, null]);
    await server.close();
  });

  test('listen --speed decides how long the pauses are', async () => {
    const times = [];
    const server = await receiver((_, count) => {
      times.push(performance.now());
      return count < 3 ? 500 : 204;
    });
    const { end } = await listen('--speed', '30');
    await order('SLOW_1', server.url);
    await tell('pay', 'SLOW_1');
    // 15 s, thirty times faster. Never less, however busy the machine is.
    assert.ok(times[1] - times[0] >= 490, String(times[1] - times[0]));
    await end('SIGTERM');
    await server.close();
  });

  test('listen --to takes what cannot be reached from here, and only while it listens', async () => {
    const server = await receiver();
    const own = await receiver();
    const { printed, end } = await listen('--to', server.url);
    await order('AWAY_1', AWAY);
    await tell('pay', 'AWAY_1');
    const { eventType, resource } = await opened(server.requests[0]);
    assert.deepEqual([eventType, resource.out_trade_no], ['TRANSACTION.SUCCESS', 'AWAY_1']);
    await order('NEAR_1', own.url);
    await tell('pay', 'NEAR_1');
    assert.equal(own.requests.length, 1);
    // Without an address of its own, an event goes there, too.
    assert.equal((await tell('trigger', 'REFUND.SUCCESS')).code, 0);
    await until(() => printed.stdout.split('\n').length === 4);
    assert.match(printed.stdout, new RegExp(`^TRANSACTION.SUCCESS to ${own.url}: .*has it$`, 'm'));
    assert.match(printed.stdout, new RegExp(`^REFUND.SUCCESS to ${server.url}: .*has it$`, 'm'));
    await end('SIGINT');
    assert.equal((await tell('trigger', 'REFUND.SUCCESS')).code, 1);
    assert.equal(server.requests.length, 2);
    await Promise.all([server.close(), own.close()]);
  });

  test('listen says when a notification is given up', async () => {
    const server = await receiver(() => 500);
    const { printed, end } = await listen('--speed', '1000000');
    await order('LOST_1', server.url);
    await tell('pay', 'LOST_1');
    await until(() => /given up/.test(printed.stdout));
    const lines = printed.stdout.trimEnd().split('\n');
    assert.equal(lines.length, 16);
    assert.match(lines[14], /attempt 15: 500; again in 0\.022 s \(WeChat Pay: 6 h\)$/);
    assert.match(lines[15], /attempt 16: 500; given up$/);
    await end('SIGINT');
    await server.close();
  });

  test('what a handler answers cannot write to the terminal', async () => {
    const { url: to, close } = await onLoopback(
      createServer((_, response) => response.writeHead(500).end('a\n\u001b[2Jb')),
    );
    const { stderr } = await tell('trigger', 'REFUND.SUCCESS', '--to', to);
    assert.match(stderr, /: attempt 1: 500 a\\u\{a\}\\u\{1b\}\[2Jb\n/);
    await close();
  });

  test('listen ends when the sandbox does', async () => {
    const other = await start(['sandbox'], /until Ctrl\+C\.$/m);
    const { WECHATPAY_BASE_URL } = variablesIn(other.printed.stdout);
    const args = ['listen', '--sandbox', WECHATPAY_BASE_URL];
    const { child, printed } = await start(args, /^Listening until Ctrl\+C\.$/m);
    const closed = once(child, 'close');
    await other.end('SIGTERM');
    assert.deepEqual(await closed, [1, null]);
    assert.match(printed.stderr, /\nThe sandbox has ended\.\n$/);
  });

  test('a server that is no sandbox is told nothing', async () => {
    const asked = [];
    const { url: other, close } = await onLoopback(
      createServer(({ method, url: path }, response) => {
        asked.push(`${method} ${path}`);
        response.writeHead(404).end('Not Found');
      }),
    );
    const { code, stderr } = await run(['pay', 'ORDER_1', '--sandbox', other]);
    assert.equal(code, 1);
    assert.match(stderr, /is no sandbox that can be told anything: it answers 404\.\n$/);
    assert.deepEqual(asked, ['GET /-/session']);
    await close();
  });
});
