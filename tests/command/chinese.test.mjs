// With --lang zh-CN a command speaks Chinese wherever it fails: no English sentence is among its words.
import assert from 'node:assert/strict';
import { createSign } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { chooseLanguage } from '../../pkg-template/cli/language.mjs';
import { inReadersWords } from '../../pkg-template/cli/sandbox-words.mjs';
import { signedCandidates } from '../../pkg-template/sandbox/signed-candidates.mjs';
import { onLoopback } from '../loopback.mjs';
import { sandboxAndMerchant } from './merchant-of.mjs';

/** Three words in a row that are no code, name, path or quotation. */
const PROSE = /(?<![\w`./'"-])[A-Za-z][a-z']*(?: [a-z][a-z']*){2,}(?![\w`./"-])/;
const withoutCode = (text) => text.replace(/`[^`]*`|"[^"\n]*"/g, '`');

function assertChinese(text, what) {
  const [found] = withoutCode(text).match(PROSE) ?? [];
  assert.equal(found, undefined, `${what}: ${text}`);
}

describe('in Chinese', { timeout: 300_000 }, async () => {
  const { sandbox, merchant } = await sandboxAndMerchant();

  const speak = (args, more) => merchant.run(['--lang', 'zh-CN', ...args], more);

  for (const [args, says] of [
    [['pay', 'nope'], /^沙箱拒绝：没有订单 nope。$/m],
    [['confirm', 'nope'], /没有转账 nope/],
    [['respond', 'GET', '/v3/x', 'NO_SUCH_CODE'], /没有 NO_SUCH_CODE 对应的状态码/],
    [['respond', 'GET', '/v3/x?a=1', '404'], /路径必须以斜杠开头/],
    [['respond', 'GET', '/v3/x', '{"a":1}'], /没有成员 a/],
    [['respond', 'FETCH', '/v3/x', '404'], /请求方法只能是 GET、POST/],
    [['respond', 'GET', '/v3/x', '100'], /status 必须是 200 到 599 的整数/],
    [['respond', 'GET', '/v3/x', '{"body":1}'], /body 必须是可以表示为 JSON 的对象/],
    [['respond', 'GET', '/v3/x', '{"status":200,"headers":1}'], /headers 必须是/],
    [['faults', 'zzz'], /没有故障 zzz（可用的有 drop、delay/],
    [['faults', 'delay=x'], /delay 必须是 0 到 2147483647 的整数/],
    [['faults', 'tamper=1'], /tamper 必须是 true 或 false/],
    [['faults', 'code=NONE'], /code 必须是微信支付文档中的错误码/],
    [['sandbox', '--lang', 'zh-CN', '--faults', 'zzz'], /^--faults：没有故障 zzz/],
    [['sandbox', '--lang', 'zh-CN', '--respond', 'GET /v3/x NONE_1'], /^--respond：文档中没有/],
    [['trigger', 'TRANSACTION.SUCCESS'], /沙箱拒绝：`to` 必须是 http 或 https 的 URL/],
    [['trigger', 'NONE'], /没有事件/],
    [['get', 'v2/x'], /^ValidationError ERR_PARAM/],
    [['get', 'v3/x', '--json', '{'], /不是 JSON/],
    [['get', 'v3/x', '--jsno', '{'], /没有选项/],
    [['get', 'v3/x', '--json'], /选项/],
    [['env', '--offline=1'], /选项/],
    [['nonsense'], /没有命令/],
    [['encrypt', 'x', '--public-key', '/no/such/file'], /ConfigError/],
    [['decrypt', '{}'], /密文/],
    [['decrypt', 'x'], /./],
    [['sign', 'x', '--private-key', '/no/such/file'], /缺少商户私钥/],
    [['verify', 'x'], /--signature/],
    [['verify', 'x', '--signature', 'y', '--by', 'merchant'], /^签名无效。$/m],
    [['download', 'v3/x'], /--to/],
    [['upload', 'v3/x', '/no/such/file'], /无法读取/],
    [['serial', '/no/such/file'], /无法读取/],
    [['listen', '--speed', '0'], /--speed/],
  ]) {
    test(`${args.join(' ')} fails in Chinese`, async () => {
      const { code, stderr } = await speak(args);
      assert.notEqual(code, 0);
      assert.match(stderr, says);
      assertChinese(stderr, args.join(' '));
      assert.match(stderr, /[一-龥]/);
    });
  }

  test('what is wrong with a signature', async () => {
    const { mchid, serial, privateKey } = sandbox.options;
    const time = Math.floor(Date.now() / 1000);
    const [url, nonce, text] = ['/v3/a%20b?c=d', 'N', '{"b":"茶/<b>","a":{"d":1}}'];
    const right = `POST\n${url}\n${time}\n${nonce}\n${text}\n`;
    const sign = (string, hash = 'RSA-SHA256', encoding = 'base64') =>
      createSign(hash).update(string).sign(privateKey, encoding);
    for (const [signature, mistake] of [
      [sign(right.replace('?c=d', '')), '待签名串缺少查询参数'],
      [sign(right, 'RSA-SHA256', 'hex'), '签名值是十六进制，而不是 base64'],
      [
        sign(right.replace(text, ''), 'RSA-SHA1'),
        '签名使用了 SHA-1，而不是 SHA-256；待签名串缺少请求体',
      ],
      [sign(`${right}x`), '实际的待签名串不属于任何常见错误'],
      ['AAAA', '签名不是用该商户的私钥生成的'],
    ]) {
      const fields = `mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${time}",serial_no="${serial}"`;
      const headers = { authorization: `WECHATPAY2-SHA256-RSA2048 ${fields}` };
      const given = JSON.stringify({ method: 'POST', url, headers, body: text });
      const { code, stdout, stderr } = await speak(['verify', given]);
      assert.equal(code, 1);
      assert.equal(JSON.parse(stdout).mistake, mistake);
      assertChinese(stderr, mistake);
    }
  });

  test('each mistake that the sandbox knows has its words', () => {
    chooseLanguage(['--lang', 'zh-CN']);
    const fields = { timestamp: '1', nonce_str: 'aB' };
    const host = '127.0.0.1';
    for (const [method, url, text] of [
      ['GET', '/v3/a%2fb%20+?c=d%3A&a=b', ''],
      ['POST', '/v3/a', '\uFEFF{"b":"茶/<b>",\r\n"a":{"d":1}}\n'],
      ['POST', '/v3/a%20b?b=1&a=%3a', '{"b":"茶/<b>","a":{"d":1}}'],
    ]) {
      const body = Buffer.from(text);
      const call = { method, url, headers: { host }, body };
      const all = signedCandidates(call, Buffer.from(`${text}x`), fields, Buffer.from('right'));
      for (const [, mistakes] of all) {
        for (const mistake of mistakes) {
          const words = inReadersWords(mistake);
          assert.match(words, /^[^a-z]*待签名串/, mistake);
          assertChinese(words, mistake);
        }
      }
    }
    assert.equal(
      inReadersWords(
        'with its body serialised anew and two spaces and its members sorted, in ASCII',
      ),
      '待签名串的请求体被重新序列化（缩进两个空格，成员被排序，非 ASCII 字符被转义）',
    );
    chooseLanguage(['--lang', 'en']);
  });

  test('doctor, where something is wrong', async () => {
    const server = createServer((socket) => socket.resume().on('error', () => {}));
    const { url, close } = await onLoopback(server);
    const env = { WECHATPAY_BASE_URL: url, WECHATPAY_MCH_ID: '1' };
    const wrong = [
      speak(['doctor'], { env: { ...env, WECHATPAY_MCHID: '' } }),
      speak(['doctor'], { env: { ...env } }),
      speak(['doctor', '--offline'], { env: { WECHATPAY_CERTS: 'yes' } }),
      speak(['doctor', '--offline'], { env: { WECHATPAY_LOG: 'verbose' } }),
      speak(['doctor'], { env: { WECHATPAY_BASE_URL: 'http://127.0.0.1:9' } }),
    ];
    for (const { code, stdout, stderr } of await Promise.all(wrong)) {
      assert.equal(code, 1, stderr);
      assertChinese(stderr, 'doctor');
      for (const { says, mend = '' } of JSON.parse(stdout).checks) {
        assertChinese(says, 'says');
        assertChinese(mend, 'mend');
        assert.doesNotMatch(says, /\. |[一-龥],/);
      }
    }
    await close();
  });

  test('the language of .env is that of the command and the client', async () => {
    merchant.file('.env', 'WECHATPAY_LOCALE=zh-CN\n');
    const env = { WECHATPAY_LOCALE: '', LANG: '' };
    const unknown = await merchant.run(['nonsense'], { env });
    assert.match(unknown.stderr, /没有命令/);
    const path = await merchant.run(['get', 'v2/x'], { env });
    assertChinese(path.stderr, 'get');
    assert.match(path.stderr, /[一-龥]/);
    const offline = await merchant.run(['authorization', 'GET', 'v2/x'], { env });
    assertChinese(offline.stderr, 'authorization');
    // What the environment says comes first, and a flag before both.
    const english = await merchant.run(['nonsense'], {
      env: { LC_ALL: 'en_US.UTF-8', WECHATPAY_LOCALE: 'en' },
    });
    assert.match(english.stderr, /^Unknown command/);
    const flag = await merchant.run(['nonsense', '--lang', 'en'], { env });
    assert.match(flag.stderr, /^Unknown command/);
    const other = merchant.file('other.env', 'WECHATPAY_LOCALE=en\n');
    const named = await merchant.run(['get', 'v2/x', '--env', other], { env });
    assert.doesNotMatch(named.stderr, /[一-龥]/);
    merchant.file('.env', '');
  });
});
