// The commands that call WeChat Pay, each as a process of its own, against a sandbox.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { merchantOf } from './merchant-of.mjs';

const PARAMS = ['--appid', 'wxd678efh567h23787', '--out-contract-code', 'A_1'];
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';

describe('the commands that call WeChat Pay', { timeout: 300_000 }, () => {
  let sandbox;
  let merchant;
  before(async () => {
    sandbox = await createSandbox({ merchant: 'migrating' });
    merchant = merchantOf(sandbox.options);
  });
  after(async () => {
    merchant.remove();
    await sandbox.close();
  });

  async function json(args, more) {
    const { code, stdout, stderr } = await merchant.run(args, more);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  test('post and get: the body that was verified, and all of the response', async () => {
    const { mchid } = sandbox.options;
    const order = {
      ...{
        appid: 'wxd678efh567h23787',
        mchid,
        description: 'Image形象店',
        out_trade_no: 'ORDER_1',
      },
      ...{ notify_url: 'https://merchant.example/notify', amount: { total: 100 } },
    };
    const input = JSON.stringify(order);
    const made = await merchant.run(['post', 'v3/pay/transactions/native', '--json', '@-'], {
      with: { input },
    });
    assert.equal(made.code, 0, made.stderr);
    assert.match(JSON.parse(made.stdout).code_url, /^weixin:/);
    assert.match(made.stderr, /^200 Request-ID \S+\n$/);

    const path = '/v3/pay/transactions/out-trade-no/ORDER_1';
    const query = ['--query', `mchid=${mchid}`];
    const { trade_state: state } = await json(['get', path, ...query]);
    assert.equal(state, 'NOTPAY');
    const all = await json(['get', `${path}?mchid=${mchid}`, '--include']);
    assert.deepEqual([all.status, all.data.trade_state], [200, 'NOTPAY']);
    assert.ok(all.headers['wechatpay-signature']);
    const closed = await merchant.run([
      'post',
      `${path}/close`,
      '--json',
      JSON.stringify({ mchid }),
    ]);
    assert.deepEqual([closed.code, closed.stdout], [0, 'null\n'], closed.stderr);
  });

  test('put, patch and delete: the method is sent', async () => {
    for (const method of ['put', 'patch', 'delete']) {
      const name = method.toUpperCase();
      sandbox.respond(name, '/v3/some/path', { status: 200, body: { method: name } });
      const body = method === 'delete' ? [] : ['--json', '{}'];
      assert.equal((await json([method, 'v3/some/path', ...body])).method, name);
      assert.equal(sandbox.requests.at(-1).method, name);
    }
  });

  test('an error of WeChat Pay’s is told to people and to programs', async () => {
    const path = 'v3/pay/transactions/out-trade-no/NOBODY';
    const query = ['--query', `mchid=${sandbox.options.mchid}`];
    const { code, stdout, stderr } = await merchant.run(['get', path, ...query]);
    assert.equal(code, 1);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([error.name, error.code, error.status], ['ApiError', 'ORDER_NOT_EXIST', 404]);
    assert.match(stderr, /^ApiError ORDER_NOT_EXIST: (?!ORDER_NOT_EXIST)/);
    assert.doesNotMatch(stderr, /^ {4}at /m);
  });

  test('what WeChat Pay says of a field is told, and a method may be in upper case', async () => {
    const { code, stderr } = await merchant.run(['GET', 'v3/pay/transactions/id/1']);
    assert.equal(code, 1);
    assert.match(stderr, /^ApiError PARAM_ERROR: (?!PARAM).*; mchid: is required$/m);
  });

  test('what is missing is named before anything is sent', async () => {
    const { length } = sandbox.requests;
    const { code, stderr } = await merchant.run(['echo'], { env: { WECHATPAY_MCHID: '' } });
    assert.equal(code, 2);
    assert.match(stderr, /^ConfigError ERR_CONFIG: mchid: WECHATPAY_MCHID is not set/);
    assert.equal(sandbox.requests.length, length);
  });

  test('what the client logs does not mix with the result', async () => {
    const env = { WECHATPAY_LOG: 'debug' };
    const { code, stdout, stderr } = await merchant.run(['echo'], { env });
    assert.equal(code, 0);
    assert.ok(JSON.parse(stdout).echoMessage);
    assert.match(stderr, /\/v3\/security\/echo/);
  });

  test('the calls that have names', async () => {
    const { preEntrustwebId: app } = await json(['pre-entrust-sign-app', ...PARAMS]);
    assert.match(app, /^1121_/);
    const mini = ['pre-entrust-sign-mini-program', ...PARAMS, '--openid', OPENID];
    assert.match((await json(mini)).preEntrustwebId, /^1121_/);
    const person = [
      ...['--real-name', `@${merchant.file('name.txt', '张三\n')}`],
      ...['--cred-type', 'ID_CARD', '--cred-id', '11010519491231002X'],
    ];
    const named = ['pre-entrust-sign-app-with-real-name', ...PARAMS, ...person];
    assert.match((await json(named)).preEntrustwebId, /^1121_/);
    const both = ['pre-entrust-sign-mini-program-with-real-name', ...PARAMS, '--openid', OPENID];
    assert.match((await json([...both, ...person])).preEntrustwebId, /^1121_/);
    const contract = await json(['query-contract-by-out-contract-code', ...PARAMS]);
    assert.equal(typeof contract.authState, 'string');
    const openid = contract.individualOpenid ?? OPENID;
    const of = ['query-contract-by-openid', '--appid', PARAMS[1], '--openid', openid];
    const { code, stderr } = await merchant.run(of);
    assert.ok(code === 0 || /^ApiError/.test(stderr), stderr);
    assert.ok((await json(['echo'])).encryptedEchoMessage);
  });

  test('certificates: printed and saved', async () => {
    const folder = join(merchant.folder, 'certs', 'new');
    const certificates = await json(['certificates', '--save', folder]);
    assert.ok(certificates.length > 0);
    const files = certificates.map(({ serialNo }) => `wechatpay_${serialNo}.pem`);
    assert.deepEqual(readdirSync(folder).sort(), files.sort());
    const [{ serialNo, certificate }] = certificates;
    assert.equal(readFileSync(join(folder, `wechatpay_${serialNo}.pem`), 'utf8'), certificate);
    const { serial } = await json(['serial', join(folder, `wechatpay_${serialNo}.pem`)]);
    assert.equal(serial, serialNo);
  });

  test('download: a bill, gzip included, and nothing of one that was changed', async () => {
    const to = join(merchant.folder, 'bill.csv');
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const path = `v3/bill/tradebill?bill_date=${day}`;
    const done = await json(['download', path, '--to', to]);
    assert.deepEqual([done.verified, done.bytes], [true, readFileSync(to).length]);
    const zipped = join(merchant.folder, 'zipped.csv');
    await json(['download', `${path}&tar_type=GZIP`, '--to', zipped]);
    assert.deepEqual(readFileSync(zipped), readFileSync(to));

    const { data } = await json(['get', path, '--include']);
    sandbox.faults = { tamper: true };
    const hash = ['--hash-type', data.hash_type, '--hash-value', data.hash_value];
    const lost = join(merchant.folder, 'lost.csv');
    const wrong = await merchant.run(['download', data.download_url, '--to', lost, ...hash]);
    sandbox.faults = {};
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^VerificationError ERR_HASH_MISMATCH/);
    assert.deepEqual(
      [existsSync(lost), readdirSync(merchant.folder).filter((name) => name.endsWith('.part'))],
      [false, []],
    );
  });

  test('upload: a picture', async () => {
    const picture = merchant.file('shop.png', Buffer.from('89504e470d0a1a0a', 'hex'));
    const { media_id: id } = await json(['upload', '/v3/merchant/media/upload', picture]);
    assert.ok(id);
  });

  test('the variables of .env are taken, and a flag before them', async () => {
    const { WECHATPAY_PRIVATE_KEY: pem, WECHATPAY_CERT: _, ...rest } = merchant.env;
    const keyFile = merchant.file('apiclient_key.pem', pem);
    const lines = Object.entries(rest).map(
      ([name, value]) => `${name}="${value.replaceAll('\n', '\\n')}"`,
    );
    merchant.file('.env', [...lines, `WECHATPAY_PRIVATE_KEY_FILE=${keyFile}`, ''].join('\n'));
    const none = Object.fromEntries(Object.keys(merchant.env).map((name) => [name, '']));
    assert.ok((await json(['echo'], { env: none })).echoMessage);
    const { code, stderr } = await merchant.run(['echo', '--base-url', 'http://127.0.0.1:9'], {
      env: none,
    });
    assert.equal(code, 1);
    assert.match(stderr, /^TransportError ERR_NETWORK/);
  });
});
