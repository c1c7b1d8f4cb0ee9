// The page of the sandbox, in a real browser.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { onLoopback } from '../loopback.mjs';
import { change, control } from '../sandbox/control-client.mjs';
import { receiver } from '../sandbox/receiver.mjs';
import { send } from '../sandbox/signed-request.mjs';
import { launch } from './chromium.mjs';

const APPID = 'wxd678efh567h23787';
/** What axe checks: WCAG 2.2 AA, and what it recommends. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NATIVE = '/v3/pay/transactions/native';

describe('the page of a sandbox', () => {
  let browser;
  let sandbox;
  let shop;
  let page;
  before(async () => {
    // A name that leads to loopback, as its owner may let it (DNS rebinding).
    browser = await launch({ hosts: { 'rebound.example': '127.0.0.1' } });
    shop = await receiver();
  });
  beforeEach(async () => {
    sandbox = await createSandbox();
  });
  afterEach(async () => {
    assert.deepEqual(page?.problems ?? [], []);
    await page?.close();
    page = undefined;
    await sandbox.close();
  });
  after(async () => {
    await browser.close();
    await shop.close();
  });

  const open = async (look) => {
    page = await browser.open(sandbox.url, look);
    await page.until("document.querySelector('#live').textContent !== '' && isConnected");
    return page;
  };
  const order = (number, more = {}) => ({
    ...{ appid: APPID, mchid: sandbox.options.mchid, out_trade_no: number, description: 'Tea' },
    ...{ notify_url: 'https://127.0.0.1:9/notify', amount: { total: 888 }, ...more },
  });
  const textOf = (selector) => page.evaluate(`document.querySelector('${selector}').textContent`);
  const rows = () =>
    page.evaluate("[...document.querySelectorAll('#list button')].map((row) => row.innerText)");
  /** The browser reports the response of something that the sandbox refused. */
  const assertRefusedOnce = () => {
    const [problem, ...others] = page.problems.splice(0);
    assert.match(problem, /status of 400/);
    assert.deepEqual(others, []);
  };
  const chooseFirst = () => page.click('#list li:first-child button');

  test('requests appear as they arrive, and are read aloud', async () => {
    await open();
    assert.match(await textOf('#no-traffic'), /Nothing has arrived yet/);
    assert.equal(await textOf('#point'), sandbox.url);
    await send(sandbox, { path: NATIVE, json: order('ARRIVES') });
    await page.until("document.querySelectorAll('#list button').length === 1");
    assert.match((await rows())[0], /POST\s+\/v3\/pay\/transactions\/native\s+200/);
    await page.until(`document.querySelector('#said').textContent === 'POST ${NATIVE}: 200'`);
    await send(sandbox, { path: NATIVE, json: order('ARRIVES', { amount: {} }) });
    await page.until("document.querySelectorAll('#list button').length === 2");
    // The newest first.
    assert.match((await rows())[0], /400\s+PARAM_ERROR \/amount\/total: is required/);
    await page.type('#filter', 'param_error');
    await page.until("document.querySelectorAll('#list button').length === 1");
    await page.click('#clear');
    await page.until("document.querySelectorAll('#list button').length === 0");
    assert.deepEqual(sandbox.requests, []);
  });

  test('what was there before is there when it opens, and a reload keeps it', async () => {
    await send(sandbox, { path: NATIVE, json: order('BEFORE') });
    await open();
    await page.until("document.querySelectorAll('#list button').length === 1");
    assert.equal(sandbox.requests.length, 1);
  });

  test('the two strings, with the difference marked', async () => {
    const path = '/v3/pay/transactions/id/42';
    await send(sandbox, { method: 'GET', path, sentPath: `${path}?mchid=1900000001` });
    await open();
    await chooseFirst();
    assert.match(await textOf('#detail .verdict'), /401 SIGN_ERROR.*without its query$/);
    const marks = "[...document.querySelectorAll('#detail mark')].map((mark) => mark.textContent)";
    assert.deepEqual(await page.evaluate(marks), ['?mchid=1900000001', 'nothing∅']);
    const columns =
      "[...document.querySelectorAll('.strings thead th')].map((th) => th.textContent)";
    assert.deepEqual(await page.evaluate(columns), ['The sandbox built', 'Your program signed']);

    const body = JSON.stringify(order('SPACES'));
    await send(sandbox, { path: NATIVE, body, sentBody: body.replace('":', '": ') });
    await page.until("document.querySelectorAll('#list button').length === 2");
    await chooseFirst();
    assert.deepEqual(await page.evaluate(marks), ['·', 'nothing∅']);

    await send(sandbox, { path: NATIVE, json: order('RIGHT_1') });
    await page.until("document.querySelectorAll('#list button').length === 3");
    await chooseFirst();
    assert.match(await textOf('#detail'), /The signature is valid for this string/);
    assert.deepEqual(await page.evaluate(marks), []);
    const request = sandbox.requests.at(-1);
    const shown = await page.evaluate(
      "[...document.querySelectorAll('.strings td')].map((td) => td.textContent).join('').replaceAll('⏎', '')",
    );
    assert.equal(shown, request.message);
  });

  test('headers without the signature, body, response, notes and faults', async () => {
    const headers = { 'Sandbox-Faults': 'tamper' };
    await send(sandbox, { path: NATIVE, json: order('SHOWN_1'), headers });
    await send(sandbox, { path: '/v3/marketing/favor/stocks/1/start', json: { wrong: 1 } });
    await open();
    const { token } = (await control(sandbox, '/-/session')).json;
    const { privateKey, apiv3Key } = sandbox.options;
    await page.click('#list li:last-child button');
    const detail = await textOf('#detail');
    for (const text of [
      ...['sandbox-test/1.0', 'signature=hidden', `mchid="${sandbox.options.mchid}"`],
      ...['"out_trade_no": "SHOWN_1"', 'code_url', 'Wechatpay-Signature', 'tamper'],
    ]) {
      assert.ok(detail.includes(text), text);
    }
    await chooseFirst();
    assert.match(await textOf('#detail .notes'), /wrong/);
    const all = await page.evaluate('document.documentElement.outerHTML');
    for (const secret of [token, apiv3Key, privateKey.split('\n')[1]]) {
      assert.equal(all.includes(secret), false);
    }
  });

  test('a button pays an order, confirms a transfer, terminates a contract', async () => {
    await send(sandbox, { path: NATIVE, json: order('PAID_HERE') });
    await send(sandbox);
    const bill = {
      ...{ appid: APPID, out_bill_no: 'BILL1', transfer_scene_id: '1000', openid: 'oUpF8uMuAJO' },
      ...{ transfer_amount: 100, transfer_remark: 'Thanks' },
      transfer_scene_report_infos: [
        { info_type: '活动名称', info_content: 'Tea' },
        { info_type: '奖励说明', info_content: 'Tea' },
      ],
    };
    await send(sandbox, { path: '/v3/fund-app/mch-transfer/transfer-bills', json: bill });
    await open();
    await page.click('#tab-money');
    await page.click('[aria-label="Pay PAID_HERE"]');
    await page.until("document.querySelector('#money').innerText.includes('SUCCESS')");
    // Nobody listens there: after all attempts it says so.
    await page.until(
      "/PAID_HERE is paid. TRANSACTION.SUCCESS was not delivered: 16 attempts/.test(document.querySelector('#money-outcome').textContent)",
    );
    assert.equal(
      await page.evaluate(`document.querySelector('[aria-label="Pay PAID_HERE"]')`),
      null,
    );
    await page.click('[aria-label="Confirm BILL1"]');
    await page.until(
      "/BILL1 is confirmed. It has no notify_url/.test(document.querySelector('#money-outcome').textContent)",
    );
    await page.click('[aria-label="Terminate APPLYMENT_00000000001"]');
    await page.until("document.querySelector('#money').innerText.includes('UNAUTHORIZED')");
  });

  test('what is refused is said where it was asked', async () => {
    await send(sandbox, { path: NATIVE, json: order('TWICE_1') });
    await open();
    await page.click('#tab-money');
    await page.until(`document.querySelector('[aria-label="Pay TWICE_1"]') !== null`);
    // The other window was faster.
    await page.evaluate("act('pay', { outTradeNo: 'NONE' }, 'NONE')");
    assert.equal(await textOf('#money-outcome'), 'there is no order NONE');
    assert.ok(await page.evaluate("document.querySelector('#money-outcome').matches('.bad')"));
    assertRefusedOnce();
  });

  test('faults and responses of one’s own are set and removed', async () => {
    await open();
    await page.click('#tab-faults');
    await page.click('[name=tamper]');
    await page.type('#faults-form [name=delay]', '20');
    await page.type('#faults-form [name=times]', '2');
    await page.click('#faults-form [type=submit]');
    await page.until(
      "document.querySelector('#faults-active').textContent === 'active: tamper, delay=20, times=2'",
    );
    assert.deepEqual(sandbox.faults, { tamper: true, delay: 20, times: 2 });
    await page.click('#no-faults');
    await page.until("document.querySelector('#faults-active').textContent === ''");
    assert.equal(sandbox.faults, undefined);
    assert.equal(await page.evaluate("document.querySelector('[name=tamper]').checked"), false);
    // What a program sets is filled in.
    sandbox.faults = { probe: true };
    await page.until("document.querySelector('[name=probe]').checked");
    sandbox.faults = undefined;

    await page.type('#faults-form [name=code]', 'NONE_SUCH');
    await page.click('#faults-form [type=submit]');
    await page.until(
      "/code must be a documented code/.test(document.querySelector('#faults-form .outcome').textContent)",
    );
    assertRefusedOnce();

    await page.type('#answers-form [name=path]', NATIVE);
    await page.type('#answers-form [name=code]', 'FREQUENCY_LIMITED');
    await page.type('#answers-form [name=times]', '1');
    await page.click('#answers-form [type=submit]');
    await page.until("document.querySelector('#answers tbody tr') !== null");
    const refused = await send(sandbox, { path: NATIVE, json: order('CHOSEN') });
    assert.equal(refused.json.code, 'FREQUENCY_LIMITED');
    await page.until("document.querySelector('#answers tbody tr') === null");

    await page.evaluate("document.querySelector('#answers-form').reset()");
    await page.type('#answers-form [name=path]', NATIVE);
    await page.type('#answers-form [name=body]', '{"code_url":');
    await page.click('#answers-form [type=submit]');
    await page.until(
      "/not an object in JSON/.test(document.querySelector('#answers-form .outcome').textContent)",
    );
    await page.type('#answers-form [name=body]', '"weixin://x"}');
    await page.click('#answers-form [type=submit]');
    await page.click(`[aria-label="Remove POST ${NATIVE}"]`);
    await page.until("document.querySelector('#answers tbody tr') === null");
    assert.equal((await send(sandbox, { path: NATIVE, json: order('AFTER_1') })).status, 200);
  });

  test('an event is sent, and its delivery shown', async () => {
    await open();
    await page.click('#tab-events');
    await page.until("document.querySelector('#sample').textContent.includes('transaction_id')");
    assert.ok(await page.evaluate("document.querySelector('[name=eventType]').length > 50"));
    await page.type('#events-form [name=to]', shop.url);
    await page.type('#events-form [name=fields]', '{"attach":"from the page"}');
    await page.click('#events-form [type=submit]');
    await page.until(
      "document.querySelector('#events-form .outcome').textContent === 'TRANSACTION.SUCCESS was delivered.'",
    );
    await page.until("document.querySelector('#list .result')?.textContent === '204 delivered'");
    assert.match((await rows())[0], /EVENT\s+TRANSACTION\.SUCCESS\s+204 delivered\s+→ http:/);
    await chooseFirst();
    assert.match(await textOf('#detail'), /"attach": "from the page"/);
  });

  test('whatever arrives stays text', async () => {
    const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const path = `/v3/${encodeURIComponent(attack).replaceAll('%3C', '<').replaceAll('%3E', '>')}?<script>=1`;
    await send(sandbox, { method: 'GET', path });
    await send(sandbox, {
      path: NATIVE,
      json: order('XSS_001', { [attack]: attack, description: attack }),
    });
    await send(sandbox, { path: NATIVE, json: order('XSS_001'), headers: { 'X-Attack': attack } });
    await send(sandbox, { json: { appid: attack, out_contract_code: 'X' } });
    sandbox.respond('POST', '/v3/<script>alert(1)</script>', { body: { code: attack } });
    const to = `${shop.url}?<script>`;
    await sandbox.trigger('REFUND.SUCCESS', { to, attach: attack }, { maxAttempts: 1 });
    const count = 5;
    for (const language of ['en-US', 'zh-CN']) {
      await open({ language });
      await page.until(`document.querySelectorAll('#list button').length === ${count}`);
      for (let place = 1; place <= count; place += 1) {
        await page.click(`#list li:nth-child(${place}) button`);
      }
      for (const tab of ['money', 'faults', 'events']) await page.click(`#tab-${tab}`);
      assert.equal(await page.evaluate('window.hacked'), undefined);
      assert.equal(
        await page.evaluate("document.querySelectorAll('main img, main script').length"),
        0,
      );
      assert.ok(
        (await page.evaluate('document.body.textContent')).includes('<script>alert(1)</script>'),
      );
      await page.close();
    }
    page = undefined;
  });

  test('keyboard alone', async () => {
    for (const number of ['KEY_01', 'KEY_02', 'KEY_03'])
      await send(sandbox, { path: NATIVE, json: order(number) });
    await open();
    await page.until("document.querySelectorAll('#list button').length === 3");
    const focused = () =>
      page.evaluate(
        'document.activeElement.id || document.activeElement.dataset.id || document.activeElement.dataset.language || document.activeElement.className || document.activeElement.name',
      );
    const order_ = [];
    for (let count = 0; count < 8; count += 1) {
      await page.press('Tab');
      order_.push(await focused());
    }
    const first = await page.evaluate("document.querySelector('#list button').dataset.id");
    assert.deepEqual(order_, [
      'skip',
      'en',
      'zh',
      'tab-detail',
      'filter',
      'clear',
      first,
      'detail',
    ]);
    // Whoever tabs sees where.
    assert.notEqual(
      await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
      'none',
    );
    await page.press('Tab', 8);
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    await page.press('Enter');
    assert.equal(
      await page.evaluate("document.activeElement.getAttribute('aria-current')"),
      'true',
    );
    assert.match(await textOf('#detail'), /"out_trade_no": "KEY_01"/);
    // What arrives does not take the focus away.
    await send(sandbox, { path: NATIVE, json: order('KEY_04') });
    await page.until("document.querySelectorAll('#list button').length === 4");
    assert.equal(
      await page.evaluate("document.activeElement.getAttribute('aria-current')"),
      'true',
    );
    await page.evaluate("document.querySelector('#tab-detail').focus()");
    await page.press('ArrowRight');
    assert.equal(await focused(), 'tab-money');
    await page.press('Tab');
    await page.press('Tab');
    await page.press('Tab');
    await page.evaluate(`document.querySelector('[aria-label="Pay KEY_03"]').focus()`);
    await page.press('Enter');
    await page.until(`document.querySelector('[aria-label="Pay KEY_03"]') === null`);
    assert.equal(await focused(), 'money');
  });

  test('English and Chinese: as the browser prefers, by a switch, and kept', async () => {
    await send(sandbox, { path: NATIVE, json: order('WORDS_1') });
    await open({ language: 'zh-CN' });
    assert.equal(await page.evaluate('document.documentElement.lang'), 'zh-CN');
    assert.equal(await textOf('#tab-money span'), '订单');
    await page.click('[data-language=en]');
    assert.equal(await page.evaluate('document.documentElement.lang'), 'en');
    assert.equal(await textOf('#tab-money span'), 'Orders');
    await page.reload();
    await page.until('isConnected');
    assert.equal(await page.evaluate('document.documentElement.lang'), 'en');
    assert.equal(await page.evaluate('document.title'), 'WeChat Pay sandbox');
    const [en, zh] = await page.evaluate(
      "[TEXTS.en, TEXTS.zh].map((texts) => Object.entries(texts).map(([name, value]) => [name, typeof value].join(' ')).sort())",
    );
    assert.deepEqual(zh, en);
  });

  test('no finding of axe, in both schemes and languages, wide and narrow', async () => {
    const { source } = (await import('axe-core')).default;
    await send(sandbox, { path: NATIVE, json: order('AXE_001') });
    await send(sandbox);
    await send(sandbox, { path: '/v3/marketing/favor/stocks/1/start', json: { wrong: 1 } });
    const path = '/v3/pay/transactions/id/42';
    await send(sandbox, { method: 'GET', path, sentPath: `${path}?mchid=1900000001` });
    await sandbox.trigger('TRANSACTION.SUCCESS', { to: shop.url }, { maxAttempts: 1 });
    sandbox.faults = { delay: 1 };
    sandbox.respond('POST', NATIVE, { code: 'SYSTEM_ERROR', times: 2 });
    for (const look of [
      { language: 'en-US' },
      { language: 'en-US', dark: true },
      { language: 'zh-CN' },
      { language: 'zh-CN', dark: true, width: 390 },
      { language: 'en-US', width: 360 },
    ]) {
      await open(look);
      await page.evaluate(`${source}; undefined`);
      const check = async (what) => {
        const found = await page.evaluate(`axe.run({
          runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} },
        }).then(({ violations }) => violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary),
        })))`);
        assert.deepEqual(found, [], `${what} ${JSON.stringify(look)}`);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${what} is ${overflow} px too wide ${JSON.stringify(look)}`);
      };
      await page.until("document.querySelectorAll('#list button').length === 5");
      await check('traffic');
      for (let place = 1; place <= 5; place += 1) {
        if (look.width) await page.click('#tab-traffic');
        await page.click(`#list li:nth-child(${place}) button`);
        await check(`detail ${place}`);
      }
      for (const tab of ['money', 'faults', 'events']) {
        await page.click(`#tab-${tab}`);
        await check(tab);
      }
      assert.deepEqual(page.problems, []);
      await page.close();
    }
    page = undefined;
  });

  test('it asks nobody but its own sandbox', async () => {
    await open();
    const asked = await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)",
    );
    assert.ok(asked.length >= 2);
    assert.deepEqual([...new Set(asked)], [sandbox.url]);
    // Its policy would refuse it.
    const refused = await page.evaluate(
      "fetch('https://example.com/').then(() => 'sent', () => 'refused')",
    );
    assert.equal(refused, 'refused');
    assert.match(
      await page.evaluate(
        "try { document.body.innerHTML = '<b>x</b>'; 'done' } catch (error) { error.name }",
      ),
      /TypeError/,
    );
    page.problems.length = 0;
  });

  test('no other page reads, embeds or drives it', async () => {
    await send(sandbox, { path: NATIVE, json: order('SECRET_ORDER') });
    const { token } = (await control(sandbox, '/-/session')).json;
    const foreign = await onLoopback(
      createServer((_, response) => {
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end('<title>foreign</title><body></body>');
      }),
    );
    const other = await browser.open(foreign.url);
    const results = await other.evaluate(`(async () => {
      const base = ${JSON.stringify(sandbox.url)};
      const tried = {};
      for (const path of ['/', '/-/session', '/-/state']) {
        tried[path] = await fetch(base + path).then((response) => response.text(), () => 'refused');
        tried['opaque ' + path] = await fetch(base + path, { mode: 'no-cors' }).then((response) => response.type, () => 'refused');
      }
      const init = { method: 'POST', body: '{"drop":true}' };
      tried.simple = await fetch(base + '/-/faults', { ...init, mode: 'no-cors' }).then(({ type }) => type, () => 'refused');
      tried.token = await fetch(base + '/-/faults', { ...init, headers: { 'Sandbox-Token': ${JSON.stringify(token)} } }).then(() => 'sent', () => 'refused');
      tried.stream = await new Promise((resolve) => {
        const source = new EventSource(base + '/-/events');
        source.onopen = () => resolve('open');
        source.onerror = () => { source.close(); resolve('refused'); };
      });
      const frame = document.createElement('iframe');
      frame.src = base + '/';
      await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame); });
      try { tried.frame = frame.contentDocument?.body.textContent ?? 'refused'; } catch { tried.frame = 'refused'; }
      return tried;
    })()`);
    for (const [what, result] of Object.entries(results)) {
      // An opaque response has no content for the page.
      assert.ok(['refused', 'opaque'].includes(result), `${what}: ${result}`);
    }
    assert.equal(sandbox.faults, undefined);
    await other.close();
    await foreign.close();

    for (const path of ['/', '/-/session', '/-/state']) {
      const address = `${sandbox.url.replace('127.0.0.1', 'rebound.example')}${path}`;
      const rebound = await browser.open(address);
      const text = await rebound.evaluate('document.documentElement.textContent');
      assert.match(text, /does not answer to the Host/);
      assert.equal(text.includes('SECRET_ORDER') || text.includes(token), false);
      await rebound.close();
    }
  });

  test('it says that the sandbox has ended, and finds the next one at the same port', async () => {
    await open();
    const { port } = new URL(sandbox.url);
    await sandbox.close();
    await page.until(
      "document.querySelector('#live').textContent === 'Not connected. Trying again…'",
    );
    sandbox = await createSandbox({ port: Number(port) });
    await page.until("document.querySelector('#live').textContent === 'Live'");
    await page.until(
      `document.querySelector('#merchant').textContent === '${sandbox.options.mchid}'`,
    );
    // With the new token.
    await change(sandbox, 'faults', { delay: 1 });
    await page.click('#tab-faults');
    await page.click('#no-faults');
    await page.until("document.querySelector('#faults-active').textContent === ''");
    // The browser reports each attempt to connect.
    page.problems.length = 0;
  });
});
