// The commands that send nothing, each as a process of its own. node:crypto checks what they say.
import assert from 'node:assert/strict';
import {
  constants,
  createSign,
  privateDecrypt,
  publicEncrypt,
  verify as verifies,
} from 'node:crypto';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';

import { onLoopback } from '../loopback.mjs';
import { merchant as committed, key } from '../merchant.mjs';
import { run } from '../sandbox/command-process.mjs';
import { sandboxAndMerchant } from './merchant-of.mjs';

const PATH = '/v3/refund/domestic/refunds/A_1?b=2';

describe('the commands that send nothing', { timeout: 300_000 }, async () => {
  const { sandbox, merchant } = await sandboxAndMerchant({ baseUrl: 'http://127.0.0.1:9' });

  async function json(args, code = 0, more = {}) {
    const done = await merchant.run(args, more);
    assert.equal(done.code, code, done.stderr);
    return { ...JSON.parse(done.stdout), stderr: done.stderr };
  }

  const isSigned = (message, signature) =>
    verifies(
      'RSA-SHA256',
      Buffer.from(message),
      sandbox.options.cert,
      Buffer.from(signature, 'base64'),
    );

  const signed = (message) =>
    createSign('RSA-SHA256').update(message).sign(sandbox.options.privateKey, 'base64');

  /** A request as a program of somebody else's sends it. */
  function request({ method = 'POST', url = PATH, body = '{"a":1}', sign = (text) => text } = {}) {
    const [timestamp, nonce] = ['1554208460', '593BEC0C930BF1AFEB40B4A08C8FB242'];
    const message = `${method}\n${url}\n${timestamp}\n${nonce}\n${body}\n`;
    const { mchid, serial } = sandbox.options;
    const authorization =
      `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",` +
      `signature="${signed(sign(message))}",timestamp="${timestamp}",serial_no="${serial}"`;
    const head = `${method} ${url} HTTP/1.1\r\nHost: api.example\r\nAuthorization: ${authorization}\r\n`;
    return { message, text: `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}` };
  }

  /** A notification as it arrives at a server. */
  async function notification() {
    let arrived;
    const server = createServer(async (incoming, response) => {
      const chunks = await incoming.toArray();
      arrived = { method: 'POST', url: '/notify', headers: incoming.headers };
      arrived.body = Buffer.concat(chunks).toString();
      response.writeHead(204).end();
    });
    const { url, close } = await onLoopback(server);
    const resource = { out_trade_no: 'ORDER_1' };
    await sandbox.notify(`${url}/notify`, { eventType: 'TRANSACTION.SUCCESS', resource });
    await close();
    return arrived;
  }

  test('authorization: the header that the client would send, and its string', async () => {
    const args = ['authorization', 'post', 'v3/a/b', '--query', 'c=d e', '--json', '{ "a": "张" }'];
    const made = await json(args);
    assert.equal(made.url, 'http://127.0.0.1:9/v3/a/b?c=d%20e');
    assert.equal(made.body, '{"a":"张"}');
    const [, nonce] = made.authorization.match(/nonce_str="([^"]+)"/);
    const [, time] = made.authorization.match(/timestamp="([^"]+)"/);
    const [, signature] = made.authorization.match(/signature="([^"]+)"/);
    assert.equal(made.message, `POST\n/v3/a/b?c=d%20e\n${time}\n${nonce}\n{"a":"张"}\n`);
    assert.ok(isSigned(made.message, signature));
    const { code, stderr, stdout } = await merchant.run(['authorization', 'GET', 'v2/x']);
    assert.equal(code, 2);
    assert.match(stderr, /^ValidationError ERR_PARAM: path/);
    assert.equal(JSON.parse(stdout).error.field, 'path');
  });

  test('sign: a string, a file, stdin and a captured request', async () => {
    const text = 'GET\n/v3/x\n1\nn\n\n';
    const path = merchant.file('message.txt', text);
    for (const [given, more] of [[text], [`@${path}`], ['@-', { with: { input: text } }]]) {
      const { signature, message } = await json(['sign', given], 0, more);
      assert.equal(message, text);
      assert.equal(signature, signed(text));
    }
    const captured = request();
    const file = merchant.file('request.http', captured.text);
    const again = await json(['sign', `@${file}`]);
    assert.deepEqual([again.message, again.timestamp], [captured.message, '1554208460']);
    assert.equal(again.signature, signed(captured.message));
    const bare = JSON.stringify({ method: 'GET', url: 'https://x.example/v3/x', headers: {} });
    const fresh = await json(['sign', bare, '--timestamp', '7', '--nonce', 'N']);
    assert.equal(fresh.message, 'GET\n/v3/x\n7\nN\n\n');
  });

  test('sign: takes the key in each form that the client takes', async () => {
    for (const name of ['merchant.pkcs1.pem', 'merchant.pkcs8.pem']) {
      for (const form of [
        key(name),
        key(name).replaceAll('\n', '\\n'),
        Buffer.from(key(name)).toString('base64'),
        key(name).replace(/-----.*-----|\n/g, ''),
      ]) {
        const { code, stdout, stderr } = await run(['sign', 'x'], {
          env: { WECHATPAY_PRIVATE_KEY: form },
          cwd: merchant.folder,
        });
        assert.equal(code, 0, stderr);
        const expected = createSign('RSA-SHA256').update('x').sign(committed.privateKey, 'base64');
        assert.equal(JSON.parse(stdout).signature, expected);
      }
    }
  });

  test('verify: a request that is right', async () => {
    const file = merchant.file('request.http', `${request().text}\n`);
    const result = await json(['verify', `@${file}`]);
    assert.deepEqual(
      [result.kind, result.verified, result.mchid],
      ['request', true, sandbox.options.mchid],
    );
    assert.equal(result.message, request().message);
    assert.match(result.stderr, /^The signature is valid\.$/m);
  });

  for (const [mistake, sign, parts] of [
    [
      'without its query',
      (text) => text.replace('?b=2', ''),
      { line: 2, of: 'URL', character: 32 },
    ],
    [
      'with its body serialised anew',
      (text) => text.replace('{"a":1}', '{\n  "a": 1\n}'),
      { line: 5, of: 'body', character: 2 },
    ],
    [
      'without its body',
      (text) => text.replace('{"a":1}', ''),
      { line: 5, of: 'body', character: 1 },
    ],
    [
      'without the line feed at its end',
      (text) => text.slice(0, -1),
      { line: 5, of: 'body', character: 8 },
    ],
  ]) {
    test(`verify: says where a request parts from what was signed, ${mistake}`, async () => {
      const file = merchant.file('request.http', request({ sign }).text);
      const result = await json(['verify', `@${file}`], 1);
      assert.equal(result.verified, false);
      assert.ok(result.mistake.includes(mistake), result.mistake);
      assert.equal(result.signedMessage, sign(request().message));
      const { line, of, character } = result.parts;
      assert.deepEqual({ line, of, character }, parts);
      assert.match(
        result.stderr,
        new RegExp(`part in line ${line} \\(${of}\\), at character ${character}: `),
      );
    });
  }

  test('verify: says where a string of yours parts from the right one', async () => {
    const { text, message } = request({ sign: (all) => `${all}nobody finds it` });
    const file = merchant.file('request.http', text);
    const mine = merchant.file('mine.txt', message.replace('593B', '593b'));
    const { parts, stderr } = await json(['verify', `@${file}`, '--against', `@${mine}`], 1);
    assert.deepEqual([parts.line, parts.of, parts.character], [4, 'nonce', 4]);
    assert.match(stderr, /"BEC0C930/);
    merchant.file('mine.txt', message);
    const same = await json(['verify', `@${file}`, '--against', `@${mine}`], 1);
    assert.equal(same.parts, null);
    assert.match(same.stderr, /The strings are the same/);
  });

  test('verify: a string with its signature', async () => {
    const by = ['--by', 'merchant'];
    const right = await json(['verify', 'x', '--signature', signed('x'), ...by]);
    assert.equal(right.verified, true);
    await json(['verify', 'y', '--signature', signed('x'), ...by], 1);
    await json(['verify', 'x', '--signature', signed('x')], 1);
  });

  test('verify: a notification, and one whose body was serialised anew', async () => {
    const arrived = await notification();
    const file = merchant.file('notification.json', JSON.stringify(arrived));
    const result = await json(['verify', `@${file}`]);
    assert.deepEqual([result.kind, result.verified], ['notification', true]);
    assert.equal(result.notification.resource.out_trade_no, 'ORDER_1');

    const indented = JSON.stringify(JSON.parse(arrived.body), undefined, 2);
    const changed = JSON.stringify({ ...arrived, body: indented });
    const wrong = await json(['verify', `@${merchant.file('changed.json', changed)}`], 1);
    assert.deepEqual([wrong.verified, wrong.code], [false, 'ERR_SIGNATURE_INVALID']);
    assert.ok(wrong.signedMessage.endsWith(`\n${arrived.body}\n`));
    assert.deepEqual([wrong.parts.line, wrong.parts.of, wrong.parts.character], [3, 'body', 2]);

    const unknown = { ...arrived, headers: { ...arrived.headers, 'wechatpay-serial': 'AB12' } };
    const none = await json(['verify', JSON.stringify(unknown)], 1);
    assert.equal(none.code, 'ERR_SERIAL_UNKNOWN');
    // Without the APIv3 key its signature is verified all the same.
    const bare = await json(['verify', `@${file}`], 0, { env: { WECHATPAY_APIV3_KEY: '' } });
    assert.deepEqual([bare.verified, bare.notification], [true, undefined]);
  });

  test('verify: a response, an error and one that nobody signed', async () => {
    const response = await fetch(`${sandbox.url}/v3/certificates`, {
      headers: { Accept: 'application/json', 'User-Agent': 'test' },
    });
    const body = await response.text();
    const lines = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const text = `HTTP/1.1 ${response.status} Unauthorized\r\n${lines}\r\n${body}`;
    const result = await json(['verify', `@${merchant.file('response.http', text)}`]);
    assert.deepEqual([result.kind, result.verified], ['response', true]);
    const tampered = text.replace('SIGN_ERROR', 'SIGN_ERROS');
    const wrong = await json(['verify', `@${merchant.file('response.http', tampered)}`], 1);
    assert.equal(wrong.code, 'ERR_SIGNATURE_INVALID');
    const unsigned = await json(['verify', 'HTTP/1.1 400 Bad Request\nDate: x\n\n{"code":"X"}'], 1);
    assert.equal(unsigned.verified, false);
  });

  test('verify: says where a string of yours parts from the one that a SIGN_ERROR shows', async () => {
    const path = '/v3/certificates';
    const [, , authorization] = request({ method: 'GET', url: path, body: '' }).text.split('\r\n');
    const now = Math.floor(Date.now() / 1000);
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: {
        Accept: 'application/json',
        'User-Agent': 'test',
        // Its signature is of another time.
        Authorization: authorization.slice(15).replace('1554208460', String(now)),
      },
    });
    const arrived = {
      status: response.status,
      headers: [...response.headers],
      body: await response.text(),
    };
    const given = JSON.stringify(arrived);
    const mine = `GET\n${path}\n${now}\nWRONG\n\n`;
    const { parts, stderr } = await json(['verify', given, '--against', mine]);
    assert.deepEqual([parts.line, parts.of, parts.character], [4, 'nonce', 1]);
    assert.match(stderr, /the message gives "593BEC0C/);
    const right = `GET\n${path}\n${now}\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n`;
    const same = await json(['verify', given, '--against', right]);
    assert.equal(same.parts, null);
    assert.match(same.stderr, /as far as it shows that/);
  });

  test('encrypt and decrypt: a field, both ways', async () => {
    const { ciphertext, serial } = await json(['encrypt', '张三']);
    assert.equal(serial, Object.keys(sandbox.options.certs)[0]);
    assert.equal(Buffer.from(ciphertext, 'base64').length, 256);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const field = publicEncrypt({ key: sandbox.options.cert, padding }, Buffer.from('李四'));
    const { code, stdout, stderr } = await merchant.run(['decrypt', field.toString('base64')]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '"李四"\n');
    // With a key of WeChat Pay's whose private half is here.
    const env = {
      WECHATPAY_PUBLIC_KEY_ID: Object.keys(committed.certs)[0],
      WECHATPAY_PUBLIC_KEY: Object.values(committed.certs)[0],
    };
    const made = await json(['encrypt', '王五'], 0, { env });
    const bytes = Buffer.from(made.ciphertext, 'base64');
    assert.equal(
      String(privateDecrypt({ key: key('wechatpay.pkcs8.pem'), padding }, bytes)),
      '王五',
    );
  });

  test('encrypt, where the certificates would be downloaded, asks for one', async () => {
    const none = { WECHATPAY_PUBLIC_KEY: '', WECHATPAY_PUBLIC_KEY_ID: '' };
    const env = { ...none, WECHATPAY_CERTS: 'auto' };
    const { code, stderr } = await merchant.run(['encrypt', 'x'], { env });
    assert.equal(code, 2);
    assert.match(stderr, /^WeChat Pay’s key is missing: give --public-key-id/);
    // The other commands need none.
    const { url } = await json(['authorization', 'GET', 'v3/a'], 0, { env });
    assert.equal(url, 'http://127.0.0.1:9/v3/a');
  });

  test('decrypt: base64 on lines; what is encrypted for another key, and what is not at all', async () => {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const field = publicEncrypt({ key: sandbox.options.cert, padding }, Buffer.from('李四'));
    const lines = field.toString('base64').replace(/.{76}/g, '$&\n');
    assert.equal((await merchant.run(['decrypt', lines])).stdout, '"李四"\n');
    const other = Buffer.alloc(256, 1).toString('base64');
    const wrong = await merchant.run(['decrypt', other]);
    assert.deepEqual([wrong.code, wrong.stdout], [1, '']);
    const none = await merchant.run(['decrypt', '{}']);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^Nothing in it is encrypted/);
  });

  test('sign: refuses flags without a request, a time that is none, and a response', async () => {
    const bare = JSON.stringify({ method: 'GET', url: '/v3/x', headers: {} });
    for (const [args, says] of [
      [['x', '--timestamp', '1'], /for a captured request/],
      [[bare, '--timestamp', 'abc'], /whole seconds/],
      [['HTTP/1.1 200 OK\nDate: x\n\n{}'], /the merchant only requests/],
    ]) {
      const { code, stdout, stderr } = await merchant.run(['sign', ...args]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, says);
    }
  });

  test('what is no JSON is named by its place', async () => {
    const args = ['authorization', 'POST', 'v3/a', '--json', '{\n "a" 1}'];
    const { stderr } = await merchant.run(args);
    assert.match(stderr, /^--json is no JSON(?:: line 2, character 6)?\.$/m);
  });

  test('decrypt: a notification, its resource, and not with another key', async () => {
    const arrived = await notification();
    const file = merchant.file('notification.json', JSON.stringify(arrived));
    for (const given of [
      `@${file}`,
      arrived.body,
      JSON.stringify(JSON.parse(arrived.body).resource),
    ]) {
      const { out_trade_no: number, stderr } = await json(['decrypt', given]);
      assert.equal(number, 'ORDER_1');
      assert.match(stderr, /`wechatpay-wasm verify` shows whether WeChat Pay signed it/);
    }
    const env = { WECHATPAY_APIV3_KEY: '0'.repeat(32) };
    const wrong = await merchant.run(['decrypt', `@${file}`], { env });
    assert.deepEqual([wrong.code, wrong.stdout], [1, '']);
    assert.match(wrong.stderr, /^It cannot be decrypted: the APIv3 key is another one/);
  });

  test('app-launch-params and pay-sign: what a front end needs', async () => {
    const code = ['--appid', 'wx1', '--out-contract-code', 'A_1', '--pre-entrustweb-id', '1121_a'];
    const { businessType } = await json(['app-launch-params', ...code]);
    assert.equal(businessType, 'liteAppC2CSignPay');
    const order = ['--type', 'jsapi', '--appid', 'wx1', '--prepay-id', 'wx2'];
    const { package: of, paySign } = await json(['pay-sign', ...order]);
    assert.equal(of, 'prepay_id=wx2');
    assert.equal(Buffer.from(paySign, 'base64').length, 256);
  });

  test('serial: of a certificate, alone and as JSON', async () => {
    const path = merchant.file('apiclient_cert.pem', sandbox.options.cert);
    const { serial, validTo } = await json(['serial', path]);
    assert.equal(serial, sandbox.options.serial);
    assert.ok(Date.parse(validTo) > Date.now());
    const { stdout } = await merchant.run(['serial', path, '--text']);
    assert.equal(stdout, `${serial}\n`);
    const wrong = await merchant.run([
      'serial',
      merchant.file('key.pem', sandbox.options.privateKey),
    ]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /is no certificate/);
  });

  test('env: a template with every variable, which the command itself can read', async () => {
    const { code, stdout } = await run(['env']);
    assert.equal(code, 0);
    for (const name of [
      ...Object.keys(merchant.env),
      'WECHATPAY_CERTS',
      'WECHATPAY_LOG',
      'WECHATPAY_LOCALE',
    ]) {
      assert.match(stdout, new RegExp(`^(?:# )?${name}(?:_FILE)?=`, 'm'));
    }
    const chinese = await run(['env', '--lang', 'zh-CN']);
    const variables = (text) => text.match(/^(?:# )?WECHATPAY_\w+=$/gm);
    assert.deepEqual(variables(chinese.stdout), variables(stdout));
    const { mchid } = sandbox.options;
    merchant.file('filled.env', stdout.replace('WECHATPAY_MCHID=', `WECHATPAY_MCHID=${mchid}`));
    const doctor = await merchant.run(['doctor', '--offline', '--env', 'filled.env'], {
      env: { WECHATPAY_MCHID: '' },
    });
    assert.match(doctor.stdout, /WECHATPAY_MCHID \(filled\.env\)/);
  });
});
