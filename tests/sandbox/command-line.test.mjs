// What `npx wechatpay-wasm` says of itself, and of what it was called with.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { run } from './command-process.mjs';

const COMMANDS = ['sandbox', 'trigger', 'pay', 'confirm', 'listen', 'respond', 'faults'];
const manifest = new URL('../../pkg-template/package.json', import.meta.url);

describe('the command line', { timeout: 120_000 }, () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('lists its commands', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stderr], [0, '']);
      for (const name of COMMANDS) assert.match(stdout, new RegExp(`^  ${name} +[a-z]`, 'm'));
      assert.match(stdout, /Exit codes: 0 done, 1 failed, 2 called in a wrong way/);
    }
  });

  for (const name of COMMANDS) {
    test(`says how \`${name}\` is called, with an example`, async () => {
      const { code, stdout, stderr } = await run([name, '--help']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(stdout.startsWith(`wechatpay-wasm ${name} `), stdout);
      assert.match(stdout, new RegExp(`\\nExamples?:\\n  wechatpay-wasm ${name} `));
      assert.equal((await run(['help', name])).stdout, stdout);
      for (const line of stdout.split('\n')) assert.ok(line.length <= 110, line);
    });
  }

  test('has the variables of a client in the help of `sandbox`, and every option', async () => {
    const { stdout } = await run(['sandbox', '--port=1', '-h']);
    for (const name of ['MCHID', 'SERIAL', 'CERT', 'PRIVATE_KEY', 'PUBLIC_KEY_ID', 'PUBLIC_KEY']) {
      assert.ok(stdout.includes(`WECHATPAY_${name}`), name);
    }
    for (const option of [
      ...['port', 'merchant', 'strict', 'faults', 'respond', 'state', 'write-env', 'allow-host'],
      ...['bind', 'stay', 'help'],
    ]) {
      assert.match(stdout, new RegExp(`^  --${option}\\b`, 'm'));
    }
  });

  test('says its version', async () => {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const flag of ['--version', '-v']) {
      assert.deepEqual(await run([flag]), { code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  for (const [args, message] of [
    [[], /^The command is missing, such as `wechatpay-wasm sandbox`/],
    [['sandbax'], /^Unknown command "sandbax"; did you mean sandbox\?/],
    [['TRIGGER'], /^Unknown command "TRIGGER"; did you mean trigger\?/],
    [['something-else'], /^Unknown command "something-else"\n/],
    [['help', 'lisen'], /^Unknown command "lisen"; did you mean listen\?/],
  ]) {
    test(`says what is wrong with \`wechatpay-wasm ${args.join(' ')}\``, () =>
      refused(args, message, 'wechatpay-wasm --help'));
  }

  for (const [args, message] of [
    [['sandbox', '--state='], /^--state needs a path/],
    [['sandbox', '--prot', '1'], /^Unknown option '--prot'; did you mean --port\?\n/],
    [['sandbox', '--colour'], /^Unknown option '--colour'\n/],
    [['sandbox', '--port'], /--port needs a value/],
    [['sandbox', '--port', '--write-env', 'x'], /--port needs a value/],
    [['sandbox', '--port', '0'], /^--port must be a whole number from 1 to 65535/],
    [['sandbox', '--port=8e3'], /^--port must be/],
    [['sandbox', '--port', '65536', 'node'], /^--port must be/],
    [['sandbox', '--allow-host', 'http://x'], /^--allow-host must be a host name/],
    [['sandbox', '--allow-host='], /^--allow-host must be a host name/],
    [['sandbox', '--write-env='], /^--write-env needs a path/],
    [['sandbox', '--help=1'], /--help takes no value/],
    [['sandbox', '--merchant', 'both'], /^--merchant must be one of public-key, certificates, mi/],
    [['sandbox', '--bind', '192.168.1.5'], /^--bind must be one of 127\.0\.0\.1, 0\.0\.0\.0/],
    [['sandbox', '--faults', 'delay = 3'], /^Faults are written such as/],
    [['sandbox', '--faults', 'drop, drop'], /^Faults have drop twice/],
    [['sandbox', '--faults', 'slow'], /^--faults: unknown fault slow \(it knows drop/],
    [['sandbox', '--faults', 'status=200'], /^--faults: status must be a whole number from 400/],
    [['sandbox', '--respond', 'POST'], /^A response is written in one of these ways/],
    [['sandbox', '--respond', 'POST /v3/x lower'], /^A response is written in one of these/],
    [['sandbox', '--respond', 'POST /v3/x {"a"'], /^The response is no JSON/],
    [['sandbox', '--respond', 'LOOK /v3/x 200'], /^--respond: the method must be one of GET/],
    [['sandbox', '--respond', 'GET /v3/x NO_SUCH_CODE'], /^--respond: nobody documents a status/],
    [['trigger'], /^Name the event; `wechatpay-wasm trigger --list` lists all/],
    [['trigger', 'A', 'B'], /^Name one event/],
    [
      ['trigger', 'TRANSACTION.SUCESS'],
      /no event "TRANSACTION\.SUCESS"\. Did you mean TRANSACTION\.S/,
    ],
    [['trigger', 'transaction.success'], /Did you mean TRANSACTION\.SUCCESS\?/],
    [['trigger', 'REFUND.UNHEARD_OF'], /of this family there are REFUND\.ABNORMAL, REFUND\.CLOSED/],
    [['trigger', 'NOTHING_LIKE_IT'], /`wechatpay-wasm trigger --list` lists all\.\n/],
    [['trigger', 'REFUND.SUCCESS', '--to', 'localhost:3000'], /^--to must be a URL of http/],
    [['trigger', 'REFUND.SUCCESS', '--attempts', '17'], /^--attempts must be .* from 1 to 16/],
    [['trigger', 'REFUND.SUCCESS', '--field', 'amount'], /^--field is written such as/],
    [
      ['trigger', 'REFUND.SUCCESS', '--field', 'amount.refund=x'],
      /amount\.refund must be a number/,
    ],
    [['trigger', 'REFUND.SUCCESS', '--field', 'a:={'], /^--field is no JSON/],
    [['trigger', 'REFUND.SUCCESS', '--json', '[]'], /^--json must be an object/],
    [['trigger', 'REFUND.SUCCESS', '--json', '{'], /^--json is no JSON/],
    [
      ['trigger', 'REFUND.SUCCESS', '--json', '@no/such'],
      /^--json: no\/such cannot be read: ENOENT/,
    ],
    [['pay'], /^Name one order by its out_trade_no/],
    [['confirm', 'a', 'b'], /^Name one transfer by its out_bill_no/],
    [['listen', 'here'], /^`listen` takes options alone/],
    [['listen', '--speed', '0.5'], /^--speed must be a number from 1 to 1000000/],
    [['listen', '--to', 'ftp://x/'], /^--to must be a URL of http or https/],
    [['respond', 'POST', '/v3/x'], /^A response is written in one of these ways/],
    [['faults'], /^Name the faults, such as `drop, times=1`; or none/],
  ]) {
    test(`says what is wrong with \`wechatpay-wasm ${args.join(' ')}\``, () =>
      refused(args, message, `wechatpay-wasm ${args[0]} --help`));
  }

  async function refused(args, message, help) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, message);
    assert.ok(stderr.endsWith(`\n\`${help}\` shows how it is called.\n`), stderr);
    assert.doesNotMatch(stderr, /^ {4}at /m);
  }

  test('lists the events, all or those of a word', async () => {
    const all = await run(['trigger', '--list']);
    assert.equal(all.code, 0);
    assert.match(all.stdout, /^TRANSACTION\.SUCCESS +支付成功/m);
    assert.ok(all.stdout.split('\n').length > 80);
    const some = await run(['trigger', '--list', 'refund.']);
    assert.match(some.stdout, /^REFUND\.SUCCESS +退款成功通知$/m);
    assert.doesNotMatch(some.stdout, /^TRANSACTION/m);
    const none = await run(['trigger', '--list', 'nothing like it']);
    assert.deepEqual(none, {
      code: 1,
      stdout: '',
      stderr: 'No event has "nothing like it" in its name.\n',
    });
  });

  for (const args of [
    ['trigger', 'REFUND.SUCCESS', '--to', 'http://127.0.0.1:9/'],
    ['pay', 'ORDER_1'],
    ['confirm', 'BILL_1'],
    ['listen'],
    ['respond', 'GET', '/v3/certificates', '500'],
    ['faults', 'drop'],
  ]) {
    const [name] = args;
    test(`\`${name}\` says what to do without a sandbox`, async () => {
      const none = await run(args, { cwd: folder });
      assert.deepEqual([none.code, none.stdout], [2, '']);
      assert.match(
        none.stderr,
        /^Which sandbox\? There is neither --sandbox nor WECHATPAY_BASE_URL, in the environment, \.env or \.dev\.vars\. Start one with `wechatpay-wasm sandbox --port 8080`/,
      );
      const gone = await run([...args, '--sandbox', 'http://127.0.0.1:9']);
      assert.deepEqual([gone.code, gone.stdout], [1, '']);
      assert.match(
        gone.stderr,
        /^No sandbox answers at 127\.0\.0\.1:9 \(ECONNREFUSED\)\. Start one/,
      );
      const env = { WECHATPAY_BASE_URL: 'https://pay.merchant.example' };
      const real = await run(args, { env });
      assert.deepEqual([real.code, real.stdout], [2, '']);
      assert.match(real.stderr, /^WECHATPAY_BASE_URL is the URL of no sandbox/);
    });
  }

  test('says where it found what is no sandbox’s URL', async () => {
    writeFileSync(
      join(folder, '.dev.vars'),
      'A=1\nexport WECHATPAY_BASE_URL="https://x.example"\n',
    );
    const { code, stderr } = await run(['pay', 'ORDER_1'], { cwd: folder });
    assert.equal(code, 2);
    assert.match(stderr, /^WECHATPAY_BASE_URL in \.dev\.vars is the URL of no sandbox/);
    rmSync(join(folder, '.dev.vars'));
  });
});
