// `npx wechatpay-wasm sandbox`, run as its users run it.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { cli, cwd, run, start, variablesIn } from './command-process.mjs';
import { PATH, send } from './signed-request.mjs';

const NAMES = [
  'WECHATPAY_MCHID',
  'WECHATPAY_SERIAL',
  'WECHATPAY_CERT',
  'WECHATPAY_PRIVATE_KEY',
  'WECHATPAY_PUBLIC_KEY_ID',
  'WECHATPAY_PUBLIC_KEY',
  'WECHATPAY_APIV3_KEY',
  'WECHATPAY_BASE_URL',
];
const CALL = `
  import { Wechatpay } from 'wechatpay-wasm';
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'A_1' };
  console.log(await Wechatpay.fromEnv().preEntrustSignApp(params));
`;
const printEnv = ['-e', 'console.log(JSON.stringify(process.env))'];

describe('the command', { timeout: 120_000 }, () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The part of a sandbox that signed-request.mjs uses. */
  const sandboxOf = (variables) => ({
    url: variables.WECHATPAY_BASE_URL,
    options: {
      mchid: variables.WECHATPAY_MCHID,
      serial: variables.WECHATPAY_SERIAL,
      privateKey: variables.WECHATPAY_PRIVATE_KEY,
    },
  });

  test('prints what became of a notification', async () => {
    const transfer = `
      import { createServer } from 'node:http';
      import { once } from 'node:events';
      import { Wechatpay } from 'wechatpay-wasm';
      const server = createServer((_, response) => {
        response.writeHead(204).end();
        setTimeout(() => server.close(), 200);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const bills = Wechatpay.fromEnv().v3.fundApp.mchTransfer.transferBills;
      await bills.post({ json: {
        appid: 'wxf636efh567hg4356', out_bill_no: 'BILL1', transfer_scene_id: '1000',
        openid: 'o-MYE42l80oelYMDE34nYD456Xoy', transfer_amount: 100, transfer_remark: '有礼',
        notify_url: 'http://127.0.0.1:' + server.address().port + '/notify',
        transfer_scene_report_infos: [{ info_type: '活动名称', info_content: '新会员有礼' }],
      } });
      await bills.outBillNo._out_bill_no_.cancel.post({ out_bill_no: 'BILL1' });
    `;
    const command = ['--', process.execPath, '--input-type=module', '-e', transfer];
    const { code, stderr } = await run(['sandbox', ...command]);
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^MCHTRANSFER\.BILL\.FINISHED to http:\/\/127\.0\.0\.1:\d+\/notify: 204$/m,
    );
  });

  test('--state keeps the merchant and its orders', async () => {
    const state = join(folder, 'state');
    const order = `
      import { Wechatpay } from 'wechatpay-wasm';
      const { WECHATPAY_MCHID: mchid } = process.env;
      const json = {
        appid: 'wxd678efh567hg6787', mchid, description: 'QQ公仔', out_trade_no: 'ORDER_1',
        notify_url: 'http://127.0.0.1:9/notify', amount: { total: 1 },
      };
      const { data } = await Wechatpay.fromEnv().v3.pay.transactions.native.post({ json });
      console.log(mchid, data.code_url);
    `;
    const command = ['--', process.execPath, '--input-type=module', '-e', order];
    const first = await run(['sandbox', '--state', state, ...command]);
    assert.equal(first.code, 0, first.stderr);
    const second = await run(['sandbox', '--state', state, ...command]);
    assert.equal(second.stdout, first.stdout);
    writeFileSync(state, 'another file');
    const other = await run(['sandbox', '--state', state, ...command]);
    assert.deepEqual([other.code, other.stdout], [1, '']);
    assert.match(other.stderr, /was not written by a sandbox: choose another path/);
    const nowhere = await run(['sandbox', '--state', join(folder, 'no', 'state'), ...command]);
    assert.match(nowhere.stderr, /cannot be used: ENOENT/);
  });

  test('runs a command that calls WeChat Pay, and shows what was checked', async () => {
    const node = [process.execPath, '--input-type=module'];
    const { code, stdout, stderr } = await run(['sandbox', ...node, '-e', CALL]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\{\s+preEntrustwebId: '1121_[0-9a-f]{64}_[0-9a-f]{32}'\s+\}\n$/);
    assert.equal(
      stderr,
      `POST ${PATH} → 200 accepted: signature, headers and every field are valid\n`,
    );
  });

  test('ends with the exit code of the command, and passes it its own arguments', async () => {
    const script = 'console.log(process.argv.slice(1).join()); process.exit(37)';
    for (const before of [[], ['--']]) {
      const args = ['sandbox', ...before, process.execPath, '-e', script, '--', '--port', '-h'];
      assert.deepEqual(await run(args), { code: 37, stdout: '--port,-h\n', stderr: '' });
    }
  });

  test('sets the variables in place of those that exist', async () => {
    const env = {
      WECHATPAY_MCHID: 'a real one',
      WECHATPAY_PRIVATE_KEY_FILE: '/run/secrets/key',
      WECHATPAY_NOTIFY_URL: 'https://merchant.example/notify',
    };
    const { stdout } = await run(['sandbox', process.execPath, ...printEnv], { env });
    const seen = JSON.parse(stdout);
    const names = Object.keys(seen).filter((name) => name.startsWith('WECHATPAY_'));
    assert.deepEqual(names.sort(), [...NAMES, 'WECHATPAY_NOTIFY_URL'].sort());
    assert.match(seen.WECHATPAY_MCHID, /^19[0-9]{8}$/);
    assert.match(seen.WECHATPAY_PRIVATE_KEY, /^-----BEGIN PRIVATE KEY-----\n/);
    assert.equal(seen.WECHATPAY_NOTIFY_URL, env.WECHATPAY_NOTIFY_URL);
    Wechatpay.fromEnv(seen).free();
  });

  test('listens on the given port', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address();
    const args = ['sandbox', '--port', String(port), process.execPath, ...printEnv];
    const taken = await run(args);
    assert.deepEqual([taken.code, taken.stdout], [1, '']);
    assert.equal(taken.stderr, `Port ${port} is in use: choose another one, or omit --port.\n`);
    await new Promise((resolve) => probe.close(resolve));
    const { stdout } = await run(args);
    assert.equal(JSON.parse(stdout).WECHATPAY_BASE_URL, `http://127.0.0.1:${port}`);
  });

  test('sets the merchant, faults and responses that it is given', async () => {
    const script = `
      import { Wechatpay } from 'wechatpay-wasm';
      const { marketing, refund } = Wechatpay.fromEnv().v3;
      const amount = { refund: 1, total: 1, currency: 'CNY' };
      const json = { out_trade_no: 'NONE_1', out_refund_no: 'R_1', amount };
      const codes = [];
      for (let count = 0; count < 3; count += 1) {
        codes.push(await refund.domestic.refunds.post({ json }).catch(({ code }) => code));
      }
      const pause = marketing.favor.stocks._stock_id_.pause;
      const misspelt = { stock_creator_mchid: '8956000', stock_creater: '1' };
      codes.push(await pause.post({ stock_id: '1', json: misspelt }).then(() => 'ok', ({ code }) => code));
      console.log(...codes, process.env.WECHATPAY_CERTS);
    `;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const given = [
      ...['--faults', 'unsigned, status=503, times=1'],
      ...['--respond', 'POST /v3/refund/domestic/refunds NOT_ENOUGH times=1'],
    ];
    const env = { WECHATPAY_CERTS: 'auto' };
    const usual = await run(['sandbox', ...given, ...node], { env });
    assert.equal(usual.code, 0, usual.stderr);
    // A merchant with the public key alone has no certificates to download.
    assert.match(usual.stdout, /^\S+ NOT_ENOUGH RESOURCE_NOT_EXISTS ok undefined\n$/);
    assert.match(usual.stderr, /→ 503 .* \[unsigned, status=503\]$/m);
    for (const merchant of ['certificates', 'migrating']) {
      const other = await run(['sandbox', '--merchant', merchant, '--strict', ...node]);
      assert.match(other.stdout, /^(?:RESOURCE_NOT_EXISTS ){3}PARAM_ERROR auto\n$/, other.stderr);
      // A client that has the public key, too, needs no certificate yet.
      const downloads = other.stderr.match(/^GET \/v3\/certificates → 200/gm) ?? [];
      assert.equal(downloads.length, merchant === 'certificates' ? 1 : 0);
    }
  });

  test('answers to the hosts that it is given, and to no other', async () => {
    const script = `
      import http from 'node:http';
      for (const host of ['host.docker.internal', 'other.example:1', 'rebound.example']) {
        const request = http.get(process.env.WECHATPAY_BASE_URL, { headers: { host } });
        const status = await new Promise((resolve) => {
          request.on('response', (response) => resolve(response.resume().statusCode));
        });
        console.log(host, status);
      }
    `;
    const hosts = ['--allow-host', 'host.docker.internal', '--allow-host=other.example:1'];
    const node = [process.execPath, '--input-type=module', '-e', script];
    const { stdout, stderr } = await run(['sandbox', ...hosts, ...node]);
    assert.equal(stdout, 'host.docker.internal 404\nother.example:1 404\nrebound.example 403\n');
    // What it does not answer is no call.
    assert.equal(stderr.match(/^GET/gm).length, 2, stderr);
  });

  test('says that a command does not exist, or cannot be run', async () => {
    const missing = await run(['sandbox', 'no-such-command-of-anybody']);
    assert.equal(missing.code, 127);
    assert.equal(missing.stderr, 'Command not found: no-such-command-of-anybody.\n');
    const script = join(folder, 'not-executable');
    writeFileSync(script, '');
    chmodSync(script, 0o600);
    const refused = await run(['sandbox', script]);
    assert.equal(refused.code, 126);
    assert.equal(refused.stderr, `${script} cannot be run: EACCES.\n`);
  });

  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']) {
    test(`passes ${signal} on, and ends as the command does`, async () => {
      const script = `
        process.on('${signal}', () => { console.log('heard'); process.exit(41); });
        setInterval(() => {}, 1_000);
        console.log('ready');
      `;
      const file = join(folder, `${signal}.env`);
      const args = ['sandbox', '--write-env', file, process.execPath, '-e', script];
      const { end } = await start(args, /^ready$/m);
      assert.ok(existsSync(file));
      const { code, stdout } = await end(signal);
      assert.deepEqual([code, stdout], [41, 'ready\nheard\n']);
      assert.ok(!existsSync(file));
    });
  }

  test('Ctrl+C arrives once, even if stdin is not the terminal', {
    skip: existsSync('/usr/bin/script') ? false : 'needs script, of util-linux',
  }, async () => {
    const script = join(folder, 'ctrl-c.mjs');
    writeFileSync(
      script,
      `let heard = 0;
      process.on('SIGINT', () => {
        heard += 1;
        if (heard === 1) setTimeout(() => { console.log('heard ' + heard); process.exit(44); }, 500);
      });
      setInterval(() => {}, 1_000);
      console.log('ready');`,
    );
    const line = [process.execPath, cli, 'sandbox', process.execPath, script].join(' ');
    // A terminal, to which the test writes the keys. `exec`, since a shell that stays would get
    // Ctrl+C too, and some shells (dash) then end with their own exit code.
    const terminal = spawn('/usr/bin/script', ['-qec', `exec ${line} < /dev/null`, '/dev/null'], {
      cwd,
      env: { ...process.env, SHELL: '/bin/sh' },
    });
    let shown = '';
    terminal.stdout.setEncoding('utf8').on('data', (text) => {
      if (!shown.includes('ready') && text.includes('ready')) terminal.stdin.write('\x03');
      shown += text;
    });
    const [code] = await once(terminal, 'close');
    assert.match(shown, /heard 1\r?\n/);
    assert.equal(code, 44);
  });

  for (const stream of ['stdout', 'stderr']) {
    test(`continues when nobody reads its ${stream} any more`, async () => {
      const file = join(folder, `closed-${stream}`);
      const script = `
        import { writeFileSync } from 'node:fs';
        import { Wechatpay } from 'wechatpay-wasm';
        process.on('SIGUSR2', async () => {
          const wxpay = Wechatpay.fromEnv();
          const params = { appid: 'wxd678efh567h23787', outContractCode: 'A_1' };
          for (let call = 0; call < 3; call += 1) await wxpay.preEntrustSignApp(params);
          writeFileSync(${JSON.stringify(file)}, 'called');
          process.exit(43);
        });
        setInterval(() => {}, 1_000);
        console.log('ready', process.pid);
      `;
      const node = [process.execPath, '--input-type=module', '-e', script];
      const { child, printed } = await start(['sandbox', ...node], /^ready \d+$/m);
      const closed = once(child, 'close');
      child[stream].destroy();
      process.kill(Number(printed.stdout.match(/\d+/)[0]), 'SIGUSR2');
      assert.deepEqual(await closed, [43, null]);
      assert.ok(existsSync(file));
    });
  }

  test('reports a signal that ended the command as a shell does', async () => {
    const { code } = await run(['sandbox', process.execPath, '-e', 'process.kill(process.pid)']);
    assert.equal(code, 128 + 15);
  });

  test('without a command it prints a dotenv file, and runs until Ctrl+C', async () => {
    const { end, printed } = await start(['sandbox'], /until Ctrl\+C\.$/m);
    assert.deepEqual(printed.stdout.match(/^[A-Z0-9_]+(?==)/gm), NAMES);
    assert.equal(printed.stdout.split('\n').length, NAMES.length + 1);
    const variables = variablesIn(printed.stdout);
    const sandbox = sandboxOf(variables);
    assert.equal((await send(sandbox)).status, 200);
    assert.equal((await send(sandbox, { json: { out_contract_code: 'A' } })).status, 400);
    assert.equal((await send(sandbox, { path: '/v3/x?token=hunter2', json: {} })).status, 404);
    await send(sandbox, { json: { 'a\nb\u001b[2J': 'hunter2' } });
    const { raw } = await send(sandbox, { headers: { 'Sandbox-Faults': 'status=502, delay=1' } });
    assert.ok(raw.length > 0);
    const { code, stderr } = await end('SIGINT');
    assert.equal(code, 0);
    assert.deepEqual(stderr.split('\n'), [
      `The sandbox listens on ${sandbox.url} until Ctrl+C.`,
      `POST ${PATH} → 200 accepted: signature, headers and every field are valid`,
      `POST ${PATH} → 400 PARAM_ERROR: /appid: is required`,
      'POST /v3/x → 404 RESOURCE_NOT_EXISTS: the sandbox knows no such path: POST /v3/x',
      `POST ${PATH} → 400 PARAM_ERROR: /appid: is required (/a\\u{a}b\\u{1b}[2J: is not a documented field of this request)`,
      `POST ${PATH} → 502 refused: status=502 was requested [status=502, delay=1]`,
      '',
    ]);
    await assert.rejects(send(sandbox), { code: 'ECONNREFUSED' });
  });

  test('node --env-file reads the file with the intended values', {
    skip: /^v20\.[0-5]\./.test(process.version) ? 'Node.js has --env-file since 20.6' : false,
  }, async () => {
    const file = join(folder, 'node.env');
    const { end } = await start(['sandbox', '--write-env', file], /until Ctrl\+C\.$/m);
    const node = (...args) =>
      new Promise((resolve, reject) => {
        const all = [`--env-file=${file}`, ...args];
        execFile(process.execPath, all, { cwd, env: {} }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
      });
    const seen = JSON.parse(await node(...printEnv));
    assert.deepEqual(Object.keys(seen).sort(), [...NAMES].sort());
    const [, ...lines] = readFileSync(file, 'utf8').split('\n');
    const meant = variablesIn(lines.join('\n'));
    // Before 20.12 Node.js leaves \n unchanged.
    for (const name of NAMES) assert.equal(seen[name].replaceAll('\\n', '\n'), meant[name]);
    assert.match(await node('--input-type=module', '-e', CALL), /preEntrustwebId/);
    assert.match((await end('SIGTERM')).stderr, /→ 200 accepted/);
  });

  test('instead of printing it writes a file for its owner only, and removes it', async () => {
    const file = join(folder, 'own.env');
    const { end } = await start(['sandbox', '--write-env', file], /until Ctrl\+C\.$/m);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const { code, stdout } = await end('SIGTERM');
    assert.deepEqual([code, stdout], [0, '']);
    assert.ok(!existsSync(file));
  });

  test('does not overwrite a file that it did not write', async () => {
    const file = join(folder, 'theirs.env');
    const command = [process.execPath, '-e', 'console.log("ran")'];
    const refused = async (text) => {
      writeFileSync(file, text);
      const { code, stdout, stderr } = await run(['sandbox', '--write-env', file, ...command]);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /theirs\.env already exists and was not written by a sandbox/);
      assert.equal(readFileSync(file, 'utf8'), text);
    };
    await refused('');
    await refused('WECHATPAY_MCHID=1900007291\n');
    // Left behind by a sandbox, and then changed by somebody.
    const left = await leftBehind();
    await refused(`${left}DATABASE_URL=postgres://\n`);
    const nowhere = await run(['sandbox', '--write-env', join(folder, 'no/such/.env'), ...command]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /cannot be written: ENOENT/);
  });

  test('does not overwrite the file of a sandbox that still runs', async () => {
    const file = join(folder, 'shared.env');
    const { child, end } = await start(['sandbox', '--write-env', file], /until Ctrl\+C\.$/m);
    const text = readFileSync(file, 'utf8');
    const second = await run(['sandbox', '--write-env', file, process.execPath, '-e', '']);
    assert.deepEqual([second.code, second.stdout], [1, '']);
    const expected = `shared.env belongs to a running sandbox, process ${child.pid}: choose`;
    assert.ok(second.stderr.includes(expected), second.stderr);
    assert.equal(readFileSync(file, 'utf8'), text);
    await end('SIGTERM');
    assert.ok(!existsSync(file));
  });

  test('neither reads nor overwrites a pipe or a long file', {
    skip: process.platform === 'win32',
  }, async () => {
    const pipe = join(folder, 'pipe.env');
    execFileSync('mkfifo', [pipe]);
    const long = join(folder, 'long.env');
    writeFileSync(long, `${await leftBehind()}${'WECHATPAY_MCHID=1\n'.repeat(2_000)}`);
    for (const path of [pipe, long]) {
      const { code, stderr } = await run([
        'sandbox',
        '--write-env',
        path,
        process.execPath,
        '-e',
        '',
      ]);
      assert.equal(code, 1);
      assert.match(stderr, /already exists and was not written by a sandbox/);
      assert.ok(existsSync(path));
    }
  });

  test('replaces the file of a sandbox that was killed', async () => {
    const left = await leftBehind();
    const file = join(folder, 'left.env');
    const script = `console.log(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
    const args = ['sandbox', '--write-env', file, process.execPath, '-e', script];
    const { code, stdout } = await run(args);
    assert.equal(code, 0);
    assert.match(stdout, /^WECHATPAY_MCHID=/m);
    assert.notEqual(stdout, `${left}\n`);
    assert.ok(!existsSync(file));
  });

  test('does not remove a file that was put in its file’s place', async () => {
    const file = join(folder, 'replaced.env');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(file)}, 'A=1')`;
    await run(['sandbox', '--write-env', file, process.execPath, '-e', script]);
    assert.equal(readFileSync(file, 'utf8'), 'A=1');
  });

  async function leftBehind() {
    const file = join(folder, 'left.env');
    const { end } = await start(['sandbox', '--write-env', file], /until Ctrl\+C\.$/m);
    await end('SIGKILL');
    return readFileSync(file, 'utf8');
  }
});
