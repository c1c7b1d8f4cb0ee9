// The option `logger` and WECHATPAY_LOG, through the packed tarball.
import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { environmentOf } from '../environment-of.mjs';
import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';
import { key, merchant } from '../merchant.mjs';

const sandbox = await createSandbox({ merchant: 'migrating' });
const params = { appid: 'wxd678efh567h23787', outContractCode: 'LOGGED_1' };
const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** A logger that puts `[level, line, fields]` into `lines`. */
function recording(levels = LEVELS) {
  const lines = [];
  const methods = levels.map((level) => [
    level,
    (line, fields) => lines.push([level, line, fields]),
  ]);
  return { lines, logger: Object.fromEntries(methods) };
}

const caught = (promise) => promise.then(assert.fail, (error) => error);
const shape = (lines) => lines.map(([level, , { event }]) => `${level} ${event}`).join();

test('a call that is retried, line for line', async () => {
  sandbox.faults = { status: 503, times: 1 };
  const { lines, logger } = recording();
  await new Wechatpay({ ...sandbox.options, logger }).preEntrustSignApp(params);
  assert.equal(
    shape(lines),
    'debug request,debug response,warn retry,debug request,debug response,info success',
  );
  for (const [, line, fields] of lines) {
    assert.match(line, /^wechatpay: preEntrustSignApp/);
    assert.doesNotMatch(line, /\n/);
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
    assert.equal(fields.call, 'preEntrustSignApp');
    assert.equal(fields.callId, lines[0][2].callId);
  }
  const [, [, response, got], [, retry, again], , , [, success, outcome]] = lines;
  assert.match(response, /HTTP 503 for POST \/v3\/.* in \d+ ms$/);
  assert.deepEqual([got.method, got.path, got.status, got.attempt], ['POST', path, 503, 1]);
  assert.match(got.requestId, /^[0-9A-F]{40}-0$/);
  assert.match(retry, /attempt 1 failed with SERVICE_UNAVAILABLE; the next one goes to/);
  assert.deepEqual(
    [again.error, again.code, again.attempt],
    ['ApiError', 'SERVICE_UNAVAILABLE', 1],
  );
  assert.match(success, /succeeded in \d+ ms$/);
  assert.deepEqual([outcome.status, outcome.attempts], [200, 2]);
});

test('the string that was signed is the one whose signature was sent', async () => {
  const { lines, logger } = recording(['debug']);
  const sent = [];
  const given = (url, init) => {
    sent.push(init.headers.Authorization);
    return fetch(url, init);
  };
  await withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      await new Wechatpay({ ...options, logger, fetch: given }).preEntrustSignApp(params);
    },
  );
  const [[, , { signed }]] = lines;
  const [, signature] = /signature="([^"]+)"/.exec(sent[0]);
  const verify = createVerify('sha256').update(signed);
  assert.ok(verify.verify(key('merchant.spki.pem'), signature, 'base64'));
  assert.match(signed, /^POST\n.*\n\d+\n[0-9A-F]{32}\n\{"appid":.*\}\n$/);
});

test('failures are errors, and an abort is none', async () => {
  for (const [faults, error, code] of [
    [{ tamper: true }, 'VerificationError', 'ERR_SIGNATURE_INVALID'],
    [{ drop: true }, 'TransportError', 'ERR_NETWORK'],
    [{ status: 429 }, 'ApiError', 'RATELIMIT_EXCEEDED'],
  ]) {
    sandbox.faults = { ...faults, times: 1 };
    const { lines, logger } = recording(['info', 'error']);
    const wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 0, logger });
    const { message } = await caught(wxpay.preEntrustSignApp(params));
    assert.equal(shape(lines), 'error error');
    const [[, line, fields]] = lines;
    assert.match(line, new RegExp(`failed with ${code} after \\d+ ms$`));
    assert.deepEqual([fields.error, fields.code, fields.message], [error, code, message]);
  }
  const { lines, logger } = recording();
  const wxpay = new Wechatpay({ ...sandbox.options, logger });
  await caught(wxpay.preEntrustSignApp(params, { signal: AbortSignal.abort() }));
  await caught(wxpay.preEntrustSignApp({}));
  assert.equal(shape(lines), 'info error,error error');
  assert.equal(lines[0][2].aborted, true);
});

test('a notification: its refusal is a warning, since anybody can send one', async () => {
  const { lines, logger } = recording();
  const wxpay = new Wechatpay({ ...sandbox.options, logger });
  const request = sandbox.notification({ eventType: 'A.B', resource: { name: 'SECRET' } });
  await wxpay.notification(request);
  await caught(wxpay.notification({ ...request, body: `${request.body} ` }));
  await caught(wxpay.notification({ headers: {}, body: '{}' }));
  const { apiv3Key, ...without } = sandbox.options;
  await caught(new Wechatpay({ ...without, logger }).notification(request));
  assert.deepEqual(
    lines.map(([level, , { code }]) => [level, code]),
    [
      ['info', undefined],
      ['warn', 'ERR_SIGNATURE_INVALID'],
      ['warn', 'ERR_SIGNATURE_MISSING'],
      ['error', 'ERR_CONFIG'],
    ],
  );
  assert.match(lines[0][1], /^wechatpay: notification A\.B was verified in/);
  assert.doesNotMatch(inspect(lines, { depth: 9 }), /SECRET/);
});

test('renewed certificates, and those that could not be renewed', async () => {
  const { lines, logger } = recording(['warn']);
  const auto = { ...sandbox.options, certs: 'auto', maxRetries: 0, logger };
  await new Wechatpay(auto).preEntrustSignApp(params);
  const [[, line, { serials }]] = lines;
  assert.match(line, /certificates were downloaded anew/);
  assert.match(serials[0], /^[0-9A-F]{40}$/);
  assert.equal(lines.length, 1);

  sandbox.faults = { status: 500, times: 1 };
  await caught(new Wechatpay(auto).preEntrustSignApp(params));
  assert.match(lines[1][1], /certificates could not be downloaded: SYSTEM_ERROR/);
  assert.equal(lines[1][2].code, 'SYSTEM_ERROR');
});

test('a clock that is a minute off is a warning, once in a while', async () => {
  for (const [off, how] of [
    [-120_000, /the clock is 1[12]\d s behind WeChat Pay's/],
    [90_000, /the clock is (8|9)\d s ahead of WeChat Pay's/],
    [5_000, undefined],
  ]) {
    const { lines, logger } = recording(['warn']);
    const skews = [];
    const onResponse = ({ clockSkew }) => skews.push(clockSkew);
    const clock = () => Date.now() + off;
    const wxpay = new Wechatpay({ ...sandbox.options, logger, clock, onResponse });
    await wxpay.preEntrustSignApp(params);
    await wxpay.preEntrustSignApp(params);
    assert.equal(lines.length, how ? 1 : 0);
    assert.equal(skews.length, 2);
    for (const skew of skews) {
      if (how) assert.ok(Math.abs(skew - off / 1_000) < 5, `${skew}`);
      else assert.equal(skew, undefined);
    }
    if (how) assert.match(lines[0][1], how);
  }
});

test('a logger is read once, called as an object, and cannot fail a call', async () => {
  let reads = 0;
  class Logger {
    lines = [];
    get info() {
      reads += 1;
      return this.write;
    }
    write(line) {
      this.lines.push(line);
    }
    debug() {
      throw new Error('no');
    }
    async warn() {
      throw new Error('no');
    }
  }
  const unhandled = [];
  const record = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', record);
  const logger = new Logger();
  const wxpay = new Wechatpay({ ...sandbox.options, logger });
  for (const _ of [1, 2]) {
    sandbox.faults = { status: 503, times: 1 };
    await wxpay.preEntrustSignApp(params);
  }
  assert.equal(reads, 1);
  assert.equal(logger.lines.length, 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', record);
  assert.deepEqual(unhandled, []);
});

test('a logger that is none is refused', () => {
  const throwing = {
    get warn() {
      throw new Error('no');
    },
  };
  for (const [logger, message] of [
    [7, /^logger: must be an object with debug, info, warn and error/],
    ['console', /^logger: must be an object/],
    [null, /^logger: must be an object/],
    [{ info: true }, /^logger: has a member info that must be a function/],
    [throwing, /^logger: cannot be read: its warn throws/],
  ]) {
    assert.throws(() => new Wechatpay({ ...sandbox.options, logger }), {
      name: 'ConfigError',
      option: 'logger',
      message,
    });
  }
});

/** What is written to the console while `work` runs, with a value of WECHATPAY_LOG. */
async function consoleDuring(level, work) {
  const written = [];
  const originals = LEVELS.map((name) => [name, console[name]]);
  const before = process.env.WECHATPAY_LOG;
  if (level !== undefined) process.env.WECHATPAY_LOG = level;
  for (const name of LEVELS) console[name] = (...parts) => written.push([name, ...parts]);
  try {
    await work();
  } finally {
    Object.assign(console, Object.fromEntries(originals));
    delete process.env.WECHATPAY_LOG;
    if (before !== undefined) process.env.WECHATPAY_LOG = before;
  }
  return written;
}

test('WECHATPAY_LOG logs to the console, for new Wechatpay and fromEnv alike', async () => {
  const env = environmentOf(sandbox.options);
  const opened = {
    new: () => new Wechatpay({ ...sandbox.options, maxRetries: 0 }),
    fromEnv: () => Wechatpay.fromEnv(env),
  };
  const wanted = {
    debug: 'debug,debug,info,error',
    info: 'info,error',
    ' WARN ': 'error',
    error: 'error',
    '': '',
  };
  for (const [name, open] of Object.entries(opened)) {
    for (const [level, levels] of Object.entries(wanted)) {
      const written = await consoleDuring(level, async () => {
        const wxpay = open();
        await wxpay.preEntrustSignApp(params);
        await caught(wxpay.preEntrustSignApp({}));
      });
      assert.equal(written.map(([each]) => each).join(), levels, `${name} ${level}`);
      for (const [, line, fields, ...rest] of written) {
        assert.match(line, /^wechatpay: /);
        assert.equal(typeof fields, 'object');
        assert.deepEqual(rest, []);
      }
    }
  }
  const written = await consoleDuring(undefined, async () => {
    await Wechatpay.fromEnv({ ...env, WECHATPAY_LOG: 'info' }).preEntrustSignApp(params);
  });
  assert.equal(written.length, 1);
});

test('the option wins over WECHATPAY_LOG, and a wrong level is refused', async () => {
  const { lines, logger } = recording(['info']);
  const written = await consoleDuring('debug', async () => {
    await new Wechatpay({ ...sandbox.options, logger }).preEntrustSignApp(params);
    await new Wechatpay({ ...sandbox.options, logger: {} }).preEntrustSignApp(params);
  });
  assert.deepEqual(written, []);
  assert.equal(lines.length, 1);
  const wrong = {
    name: 'ConfigError',
    option: 'logger',
    message: /WECHATPAY_LOG in the environment/,
  };
  await consoleDuring('verbose', async () => {
    assert.throws(() => new Wechatpay(sandbox.options), wrong);
    assert.throws(() => Wechatpay.fromEnv(environmentOf(sandbox.options)), wrong);
    new Wechatpay({ ...sandbox.options, logger: {} });
  });
});

test('at debug, too, no key, signature, Authorization header or token is logged', async () => {
  const { lines, logger } = recording();
  const sent = [];
  const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';
  const leaky = async (url, init) => {
    sent.push(init.headers.Authorization);
    if (url.includes('fail')) throw new Error(`sent ${JSON.stringify(init.headers)}`);
    return fetch(url, init);
  };
  const answer = (_, response) => response.writeHead(200, signedHeaders(result)).end(result);
  await withServer(answer, async ({ options }) => {
    const wxpay = new Wechatpay({ ...options, apiv3Key, logger, fetch: leaky, maxRetries: 1 });
    await wxpay.preEntrustSignApp(params);
    await caught(wxpay.v3.fail.get());
    await caught(wxpay.preEntrustSignApp({ ...params, outContractCode: merchant.privateKey }));
    const reason = new Error(merchant.privateKey);
    await caught(wxpay.preEntrustSignApp(params, { signal: AbortSignal.abort(reason) }));
    const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };
    const url = `${options.baseUrl}/v3/billdownload/file?token=TOKENTOKEN&tartype=gzip`;
    await caught(wxpay.downloadBytes(url, hash));
    await wxpay.v3.x.post({ json: { url: 'https://x.example/?token=TOKENTOKEN', after: 'KEPT' } });
  });
  const logged = lines.map(([, line, { error, ...fields }]) =>
    inspect([line, fields, typeof error === 'string' ? error : ''], {
      depth: 9,
      maxStringLength: null,
    }),
  );
  const all = logged.join('\n');
  assert.match(all, /token=\[redacted\]&tartype=gzip/);
  assert.match(all, /KEPT/);
  assert.match(all, /ERR_NETWORK/);
  const [, line] = merchant.privateKey.match(/\n(.{40})/);
  const signatures = sent.map((header) => /signature="([^"]+)"/.exec(header)[1].slice(0, 40));
  assert.ok(signatures.length >= 5);
  for (const secret of [apiv3Key, line, 'TOKENTOKEN', 'WECHATPAY2-SHA256', ...signatures]) {
    assert.ok(!all.includes(secret), secret.slice(0, 12));
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
