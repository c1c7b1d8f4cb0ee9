// The control API, by which the page and programs of this machine watch a sandbox and drive it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { problemOfWatcher } from '../../pkg-template/sandbox/control/gate.mjs';
import { change, control, stateOf, watch } from './control-client.mjs';
import { receiver, until } from './receiver.mjs';
import { send } from './signed-request.mjs';

const APPID = 'wxd678efh567h23787';

describe('the control API of a sandbox', () => {
  let sandbox;
  let port;
  let shop;
  before(async () => {
    sandbox = await createSandbox({
      allowedHosts: ['host.docker.internal', 'tunnel.example:8443'],
    });
    port = new URL(sandbox.url).port;
    shop = await receiver();
  });
  beforeEach(() => change(sandbox, 'clear'));
  after(async () => {
    await shop.close();
    await sandbox.close();
  });

  const makeOrder = async (number) => {
    const { options } = sandbox;
    const json = {
      ...{ appid: APPID, mchid: options.mchid, out_trade_no: number, description: 'Tea' },
      ...{ notify_url: shop.url.replace('http:', 'https:'), amount: { total: 888 } },
    };
    const response = await send(sandbox, { path: '/v3/pay/transactions/native', json });
    assert.equal(response.status, 200, response.raw.toString());
  };

  test('the session has what a program needs to call and to drive it', async () => {
    const { status, json } = await control(sandbox, '/-/session');
    assert.equal(status, 200);
    assert.match(json.token, /^[\w-]{43}$/);
    assert.match(json.version, /^\d+\.\d+\.\d+/);
    assert.deepEqual(Object.keys(json), [
      ...['token', 'url', 'version', 'mchid', 'merchant', 'strict'],
    ]);
    assert.equal(json.url, sandbox.url);
    assert.equal(json.mchid, sandbox.options.mchid);
    assert.equal(json.merchant, 'public-key');
    assert.equal(json.strict, false);
    const other = await createSandbox();
    assert.notEqual((await control(other, '/-/session')).json.token, json.token);
    await other.close();
  });

  test('the state has requests with their responses, without what is secret', async () => {
    const { token } = (await control(sandbox, '/-/session')).json;
    await makeOrder('STATE_1');
    const state = await stateOf(sandbox);
    const [request] = state.requests;
    assert.equal(request.method, 'POST');
    assert.equal(request.url, '/v3/pay/transactions/native');
    assert.equal(request.signature, 'valid');
    assert.equal(request.headers.authorization, '[redacted]');
    assert.deepEqual(Object.keys(request.authorization), [
      ...['mchid', 'serial_no', 'timestamp', 'nonce_str'],
    ]);
    assert.equal(request.result.ok, true);
    assert.match(request.message, /^POST\n\/v3\/pay\/transactions\/native\n\d+\n[\da-f]{32}\n\{/);
    assert.equal(JSON.parse(request.body.text).out_trade_no, 'STATE_1');
    assert.match(JSON.parse(request.response.body.text).code_url, /^weixin:/);
    assert.equal(request.response.status, 200);
    const order = state.orders.at(-1);
    assert.equal(order.outTradeNo, 'STATE_1');
    assert.equal(order.state, 'NOTPAY');
    assert.equal(order.total, 888);
    assert.ok(state.events.some(({ eventType }) => eventType === 'TRANSACTION.SUCCESS'));
    assert.ok(state.events.length > 50);
    const { requests, deliveries, ...rest } = state;
    assert.deepEqual((await control(sandbox, '/-/state?log=none')).json, rest);
    assert.equal(deliveries.length, 0);
    assert.equal(requests.length, 1);
    const sample = await control(sandbox, '/-/sample?event=TRANSACTION.SUCCESS');
    assert.equal(sample.json.resource.mchid, sandbox.options.mchid);
    assert.equal((await control(sandbox, '/-/sample?event=NONE')).status, 400);
    const text = JSON.stringify(state);
    const { privateKey, apiv3Key } = sandbox.options;
    for (const secret of [token, apiv3Key, privateKey.split('\n')[1]]) {
      assert.equal(text.includes(secret), false);
    }
  });

  test('what is watched is no request: it uses up no fault, and is not in requests', async () => {
    sandbox.requests.length = 0;
    sandbox.faults = { status: 503, times: 1 };
    await stateOf(sandbox);
    await control(sandbox, '/', { headers: { Accept: 'text/html' } });
    await control(sandbox, '/-/nothing');
    assert.deepEqual(sandbox.requests, []);
    assert.deepEqual((await stateOf(sandbox)).faults, { status: 503, times: 1 });
    sandbox.faults = undefined;
  });

  test('a program that calls / for JSON gets an answer of the API', async () => {
    for (const Accept of ['application/json', '*/*', 'application/json, text/plain, */*']) {
      const { status, json } = await control(sandbox, '/', { headers: { Accept } });
      assert.equal(status, 404);
      assert.equal(json.code, 'RESOURCE_NOT_EXISTS');
    }
    const posted = await control(sandbox, '/', {
      method: 'POST',
      headers: { Accept: 'text/html' },
    });
    assert.equal(posted.json.code, 'RESOURCE_NOT_EXISTS');
  });

  test('every method of the sandbox that drives it', async () => {
    await makeOrder('DRIVEN_1');
    // Nothing listens with TLS there: the notification is given up after every attempt.
    const paying = change(sandbox, 'pay', { outTradeNo: 'DRIVEN_1' });
    let order;
    while (order?.state !== 'SUCCESS') order = (await stateOf(sandbox)).orders.at(-1);
    assert.match(order.transactionId, /^\d{28}$/);

    const triggered = await change(sandbox, 'trigger', {
      eventType: 'TRANSACTION.SUCCESS',
      to: shop.url,
      fields: { out_trade_no: 'DRIVEN_1', attach: 'by hand' },
    });
    assert.equal(triggered.status, 200);
    const { delivery } = triggered.json;
    assert.equal(delivery.delivered, true);
    assert.deepEqual(delivery.attempts, [{ status: 204, body: '' }]);
    const shown = (await stateOf(sandbox)).deliveries.at(-1);
    assert.equal(shown.eventType, 'TRANSACTION.SUCCESS');
    assert.equal(shown.resource.attach, 'by hand');
    assert.equal(shown.isOver, true);

    const response = { code: 'NOT_ENOUGH', times: 1 };
    const place = { method: 'POST', path: '/v3/refund/domestic/refunds' };
    assert.equal((await change(sandbox, 'respond', { ...place, response })).status, 200);
    const [chosen] = (await stateOf(sandbox)).responses;
    assert.deepEqual(
      { ...chosen, body: chosen.body.code },
      {
        ...place,
        ...{ status: 403, code: 'NOT_ENOUGH', body: 'NOT_ENOUGH', headers: {}, times: 1 },
      },
    );
    await change(sandbox, 'respond', { ...place, response: null });
    assert.deepEqual((await stateOf(sandbox)).responses, []);

    const faults = await change(sandbox, 'faults', { delay: 1, tamper: true });
    assert.deepEqual(faults.json, { faults: { delay: 1, tamper: true } });
    assert.deepEqual(sandbox.faults, { delay: 1, tamper: true });
    assert.deepEqual((await change(sandbox, 'faults', {})).json, { faults: {} });
    assert.equal(sandbox.faults, undefined);

    await send(sandbox);
    const terminated = { contractId: 'APPLYMENT_00000000001' };
    assert.equal((await change(sandbox, 'terminate-contract', terminated)).status, 200);
    const [contract] = (await stateOf(sandbox)).contracts;
    assert.equal(contract.contractId, terminated.contractId);
    assert.equal(contract.state, 'UNAUTHORIZED');

    await makeTransfer('BILL1');
    const confirmed = await change(sandbox, 'confirm-transfer', { outBillNo: 'BILL1' });
    assert.deepEqual(confirmed.json, { delivery: null });
    assert.equal((await stateOf(sandbox)).transfers.at(-1).state, 'SUCCESS');

    const { delivery: given } = (await paying).json;
    assert.equal(given.delivered, false);
    assert.equal(given.attempts.length, 16);
    assert.match(given.attempts[0].error, /./);

    assert.equal((await change(sandbox, 'clear')).status, 200);
    assert.deepEqual(sandbox.requests, []);
    const { requests, deliveries } = await stateOf(sandbox);
    assert.deepEqual({ requests, deliveries }, { requests: [], deliveries: [] });
  });

  const makeTransfer = async (number) => {
    const json = {
      ...{ appid: APPID, out_bill_no: number, transfer_scene_id: '1000', openid: 'oUpF8uMuAJO' },
      ...{ transfer_amount: 100, transfer_remark: 'Thanks' },
      transfer_scene_report_infos: [
        { info_type: '活动名称', info_content: 'Tea' },
        { info_type: '奖励说明', info_content: 'Tea' },
      ],
    };
    const path = '/v3/fund-app/mch-transfer/transfer-bills';
    const response = await send(sandbox, { path, json });
    assert.equal(response.status, 200, response.raw.toString());
  };

  test('an order that waits for a password is paid, and a refund has its state', async () => {
    const { mchid } = sandbox.options;
    const json = {
      ...{ appid: APPID, mchid, out_trade_no: 'PASSWORD_1', description: 'Tea' },
      ...{ amount: { total: 100_001 }, payer: { auth_code: '130061098828009406' } },
      scene_info: { store_info: { id: '0001' } },
    };
    const asked = await send(sandbox, { path: '/v3/pay/transactions/codepay', json });
    assert.equal(asked.json.code, 'USERPAYING');
    const orderIn = async () => (await stateOf(sandbox)).orders.at(-1);
    assert.equal((await orderIn()).state, 'USERPAYING');
    assert.deepEqual((await change(sandbox, 'pay', { outTradeNo: 'PASSWORD_1' })).json, {
      delivery: null,
    });
    assert.equal((await orderIn()).state, 'SUCCESS');
    const amount = { refund: 1, total: 100_001, currency: 'CNY' };
    const refund = { out_trade_no: 'PASSWORD_1', out_refund_no: 'REFUND_1', amount };
    await send(sandbox, { path: '/v3/refund/domestic/refunds', json: refund });
    const refundIn = async () => (await stateOf(sandbox)).refunds.at(-1);
    assert.deepEqual([(await refundIn()).state, (await orderIn()).refunded], ['SUCCESS', 1]);
    const failed = { eventType: 'REFUND.ABNORMAL', to: shop.url };
    await change(sandbox, 'trigger', { ...failed, fields: { out_refund_no: 'REFUND_1' } });
    assert.equal((await refundIn()).state, 'ABNORMAL');
  });

  test('what the methods refuse is 400 with their message', async () => {
    for (const [name, json, message] of [
      ['pay', {}, /^outTradeNo must be a text$/],
      ['pay', { outTradeNo: 'NONE' }, /^there is no order NONE$/],
      ['confirm-transfer', { outBillNo: 'NONE' }, /^there is no transfer NONE$/],
      ['terminate-contract', { contractId: 'NONE' }, /^there is no contract NONE$/],
      ['trigger', { eventType: 'NONE.SUCH', to: shop.url }, /unknown event NONE\.SUCH/],
      ['trigger', { eventType: 'TRANSACTION.SUCCESS' }, /`to` must be a URL/],
      ['trigger', { eventType: 'TRANSACTION.SUCCESS', amount: 1 }, /^unknown member amount/],
      ['trigger', { eventType: 'TRANSACTION.SUCCESS', fields: [] }, /^fields must be an object$/],
      ['respond', { method: 'POST', path: 'v3', response: {} }, /path must begin with a slash/],
      ['respond', { method: 'POST', path: '/v3', times: 1 }, /^unknown member times/],
      ['faults', { tampr: true }, /unknown fault tampr/],
    ]) {
      const { status, json: body } = await change(sandbox, name, json);
      assert.equal(status, 400, name);
      assert.deepEqual(Object.keys(body), ['message']);
      assert.match(body.message, message);
    }
  });

  test('what is no call of it', async () => {
    const { token } = (await control(sandbox, '/-/session')).json;
    const headers = { 'Sandbox-Token': token };
    assert.equal((await control(sandbox, '/-/nothing')).status, 404);
    assert.equal(
      (await control(sandbox, '/-/constructor', { method: 'POST', headers })).status,
      404,
    );
    const wrongMethod = await control(sandbox, '/-/pay', { headers });
    assert.equal(wrongMethod.status, 405);
    assert.equal(wrongMethod.headers.allow, 'POST');
    assert.equal((await control(sandbox, '/-/state', { method: 'POST', headers })).status, 405);
    for (const body of ['{', '[]', 'null', '1']) {
      const request = { method: 'POST', body, headers };
      const { status, json } = await control(sandbox, '/-/faults', request);
      assert.equal(status, 400);
      assert.equal(json.message, 'the body must be an object in JSON');
    }
    const body = JSON.stringify({ outTradeNo: 'x'.repeat(64 * 1024) });
    const large = await control(sandbox, '/-/pay', { method: 'POST', body, headers });
    assert.equal(large.status, 413);
    assert.equal(large.json.message, 'the body is larger than 64 KiB');
  });

  test('no change without the token of this sandbox', async () => {
    const { token } = (await control(sandbox, '/-/session')).json;
    for (const given of [undefined, '', 'x', token.slice(1), `${token}x`, token.toLowerCase()]) {
      const headers = given === undefined ? {} : { 'Sandbox-Token': given };
      const json = { drop: true };
      const response = await control(sandbox, '/-/faults', { method: 'POST', json, headers });
      assert.equal(response.status, 403);
      assert.match(response.json.message, /Sandbox-Token/);
      assert.equal(response.text.includes(token), false);
      assert.equal(sandbox.faults, undefined);
    }
  });

  test('no page of another origin reads or drives it, and no name that leads to loopback', async () => {
    const { token } = (await control(sandbox, '/-/session')).json;
    const own = `127.0.0.1:${port}`;
    const refused = [
      { Host: `rebound.example:${port}` },
      { Host: 'host.docker.internal' },
      { Host: 'tunnel.example:8443' },
      { Host: '127.0.0.1' },
      { Host: `127.0.0.1:${Number(port) ^ 1}` },
      { Host: own, Origin: 'https://evil.example' },
      { Host: own, Origin: 'null' },
      { Host: own, Origin: 'https://host.docker.internal' },
      { Host: own, Origin: `http://localhost:${port}` },
      { Host: own, Origin: `https://${own}` },
      { Host: own, Origin: `http://${own}`, 'Sec-Fetch-Site': 'cross-site' },
      { Host: own, 'Sec-Fetch-Site': 'cross-site' },
      { Host: own, 'Sec-Fetch-Site': 'same-site', Referer: `http://${own}/` },
      { Host: own, 'Sec-Fetch-Site': 'cross-site', Referer: 'http://host.docker.internal/' },
    ];
    for (const headers of refused) {
      const all = { ...headers, 'Sandbox-Token': token, Accept: 'text/html' };
      for (const path of ['/', '/-/session', '/-/state', '/-/events']) {
        const response = await control(sandbox, path, { headers: all });
        assert.equal(response.status, 403, `${path} ${JSON.stringify(headers)}`);
        assert.deepEqual(Object.keys(response.json), ['message']);
        assert.equal(response.headers['access-control-allow-origin'], undefined);
      }
      const json = { drop: true };
      const response = await control(sandbox, '/-/faults', { method: 'POST', json, headers: all });
      assert.equal(response.status, 403, JSON.stringify(headers));
      assert.equal(sandbox.faults, undefined);
    }
    const preflight = {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://evil.example',
        'Access-Control-Request-Headers': 'sandbox-token',
      },
    };
    const { status, headers } = await control(sandbox, '/-/faults', preflight);
    assert.equal(status, 403);
    assert.equal(headers['access-control-allow-headers'], undefined);
    for (const headers of [
      { Origin: `http://${own}`, 'Sec-Fetch-Site': 'same-origin' },
      { Host: `localhost:${port}`, Origin: `http://localhost:${port}` },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'same-origin' },
    ]) {
      assert.equal((await control(sandbox, '/-/state', { headers })).status, 200);
    }
  });

  test('another machine sees nothing of it, even where the sandbox listens for others', () => {
    const headers = { host: '127.0.0.1:8080' };
    const problem = (remoteAddress) =>
      problemOfWatcher({ remoteAddress, localPort: 8080 }, headers);
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      assert.equal(problem(address), undefined, address);
    }
    for (const address of [
      ...['172.17.0.1', '10.0.0.1', '::ffff:172.17.0.1', '2001:db8::1', '::', '0.0.0.0', undefined],
      ...['128.0.0.1', '1127.0.0.1', '127.0.0.1.example', '::1:127.0.0.1'],
    ]) {
      assert.match(problem(address), /answer to its own machine alone/, address);
    }
  });

  test('the CommonJS form has the page, too', async () => {
    const own = await createRequire(import.meta.url)('wechatpay-wasm/sandbox').createSandbox();
    const { status, headers, text } = await control(own, '/', { headers: { Accept: 'text/html' } });
    assert.equal(status, 200);
    assert.match(headers['content-type'], /^text\/html/);
    assert.match(text, /^<!doctype html>/);
    // Its policy allows this script and this style, by their hashes.
    for (const element of ['script', 'style']) {
      const [, content] = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(text);
      const hash = createHash('sha256').update(content).digest('base64');
      assert.ok(headers['content-security-policy'].includes(`${element}-src 'sha256-${hash}'`));
    }
    assert.match(headers['content-security-policy'], /require-trusted-types-for 'script'/);
    await own.close();
  });

  test('nothing of it may be embedded, read by others, or kept', async () => {
    for (const [path, headers] of [
      ['/', { Accept: 'text/html' }],
      ['/-/session', {}],
      ['/-/state', {}],
      ['/-/nothing', {}],
      ['/-/state', { Host: 'rebound.example' }],
    ]) {
      const { headers: received } = await control(sandbox, path, { headers });
      assert.match(received['content-security-policy'], /^default-src 'none'; /);
      assert.match(received['content-security-policy'], /frame-ancestors 'none'/);
      assert.doesNotMatch(received['content-security-policy'], /unsafe|\*/);
      assert.equal(received['x-frame-options'], 'DENY');
      assert.equal(received['x-content-type-options'], 'nosniff');
      assert.equal(received['cross-origin-resource-policy'], 'same-origin');
      assert.equal(received['referrer-policy'], 'no-referrer');
      assert.equal(received['cache-control'], 'no-store');
    }
  });

  test('the stream tells of each request, delivery and change as it comes', async () => {
    const watcher = await watch(sandbox);
    assert.match(watcher.headers['content-type'], /^text\/event-stream/);
    assert.equal(watcher.headers['x-frame-options'], 'DENY');
    const { messages } = watcher;
    const of = (name) => messages.filter(({ event }) => event === name).map(({ data }) => data);

    await makeOrder('STREAM_1');
    await until(() => of('request').length === 1 && of('state').length > 0);
    const [request] = of('request');
    assert.deepEqual(request, (await stateOf(sandbox)).requests.at(-1));

    sandbox.faults = { delay: 60_000 };
    await until(() => of('state').length > 1);
    const waiting = send(sandbox).catch(() => {});
    await until(() => of('request').length === 2);
    sandbox.faults = undefined;

    const before = of('state').length;
    await sandbox.trigger('REFUND.SUCCESS', { to: shop.url }, { maxAttempts: 1 });
    await until(() => of('delivery').length === 3);
    const deliveries = of('delivery');
    assert.equal(new Set(deliveries.map(({ id }) => id)).size, 1);
    assert.deepEqual(
      deliveries.map(({ attempts, isOver }) => [attempts.length, isOver]),
      [
        [0, false],
        [1, false],
        [1, true],
      ],
    );
    sandbox.respond('GET', '/v3/new', { status: 204 });
    await until(() => of('state').length > before);
    sandbox.respond('GET', '/v3/new', undefined);
    await change(sandbox, 'clear');
    await until(() => of('clear').length === 1);
    watcher.close();
    void waiting;
  });

  test('a dropped connection is shown without a response', async () => {
    sandbox.faults = { drop: true, times: 1 };
    await assert.rejects(send(sandbox));
    const [request] = (await stateOf(sandbox)).requests;
    assert.deepEqual(request.faults, { drop: true });
    assert.equal(request.result.ok, true);
    assert.equal(request.response, undefined);
  });

  test('the log that is shown has an end, and so have bodies and watchers', async () => {
    const body = JSON.stringify({ appid: 'x'.repeat(40_000) });
    await send(sandbox, { body });
    for (let count = 0; count < 200; count += 1) {
      await control(sandbox, '/v3/x', { headers: { Accept: 'application/json' } });
    }
    const { requests } = await stateOf(sandbox);
    assert.equal(requests.length, 200);
    await send(sandbox, { body });
    const shown = (await stateOf(sandbox)).requests.at(-1);
    assert.equal(shown.body.text.length, 16_384);
    assert.equal(shown.body.length, body.length);
    assert.equal(shown.body.isCut, true);
    assert.equal(shown.message.length, 16_384);
    await send(sandbox, { body: Buffer.from([0xff, 0xfe, 0]) });
    const binary = (await stateOf(sandbox)).requests.at(-1).body;
    assert.deepEqual(binary, { length: 3, isCut: false });

    const watchers = await Promise.all(Array.from({ length: 16 }, () => watch(sandbox)));
    assert.deepEqual([...new Set(watchers.map(({ status }) => status))], [200]);
    const tooMany = await control(sandbox, '/-/events');
    assert.equal(tooMany.status, 429);
    assert.match(tooMany.json.message, /too many/);
    for (const watcher of watchers) watcher.close();
    let again;
    for (let count = 0; count < 100 && again?.status !== 200; count += 1) {
      again = await watch(sandbox);
      if (again.status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(again.status, 200);
    again.close();
  });

  test('an order that is too old is shown as closed, and a closed sandbox ends the streams', async () => {
    let now = Date.now();
    const own = await createSandbox({ clock: () => now });
    const json = {
      ...{ appid: APPID, mchid: own.options.mchid, out_trade_no: 'OLD_ORDER', description: 'Tea' },
      ...{ notify_url: 'https://shop.example/notify', amount: { total: 1 } },
    };
    const path = '/v3/pay/transactions/native';
    assert.equal((await send(own, { path, json })).status, 200);
    now += 8 * 24 * 60 * 60 * 1000;
    assert.equal((await stateOf(own)).orders[0].state, 'CLOSED');
    now -= 8 * 24 * 60 * 60 * 1000;
    assert.equal((await stateOf(own)).orders[0].state, 'NOTPAY');
    const watcher = await watch(own);
    assert.equal(watcher.status, 200);
    await own.close();
  });
});
