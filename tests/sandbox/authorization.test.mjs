import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertRefused, CONTRACT, PATH, SCHEME, send } from './signed-request.mjs';

describe('how the sandbox checks Authorization', () => {
  const NOW = 1_800_000_000;
  const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'];

  const refusal = (message) => ({ status: 401, code: 'SIGN_ERROR', message });
  const MALFORMED = refusal(
    'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
  );
  const WRONG_SCHEME = refusal('Http头Authorization认证类型不正确');
  const OUTSIDE_WINDOW = refusal('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  const REPLAYED = refusal('随机串nonce_str重复');

  let sandbox;
  let now = NOW;
  before(async () => {
    // Half a second more, to show that the sandbox compares whole seconds.
    sandbox = await createSandbox({ clock: () => now * 1000 + 500 });
  });
  after(() => sandbox.close());

  const call = ({ fields, ...request } = {}) =>
    send(sandbox, { ...request, fields: { timestamp: String(now), ...fields } });

  const refused = async (request, expected) => {
    const response = await call(request);
    assertRefused(response, sandbox, expected);
    return response;
  };

  const accepted = async (request) => {
    const { status } = await call(request);
    assert.equal(status, 200, sandbox.requests.at(-1).result.reason);
  };

  /** The documented SIGN_ERROR of an invalid signature. */
  const notMatching = (signed) => ({
    ...refusal('错误的签名，验签失败'),
    detail: {
      field: 'signature',
      issue: 'sign not match',
      location: 'authorization',
      sign_information: signed,
    },
  });

  test('the call that every other test spoils is accepted', () => accepted());

  test('refuses a request without Authorization', async () => {
    await refused({ authorization: () => undefined }, MALFORMED);
    assert.equal(sandbox.requests.at(-1).message, undefined);
  });

  test('refuses a request with two Authorization headers', () =>
    refused({ authorization: (header) => [header, header] }, MALFORMED));

  for (const [what, spoil] of Object.entries({
    'another scheme': (header) => header.replace(SCHEME, 'Bearer'),
    'the scheme of SM2 keys': (header) => header.replace(SCHEME, 'WECHATPAY2-SM2-WITH-SM3'),
    'the scheme in lower case': (header) => header.replace(SCHEME, SCHEME.toLowerCase()),
    'no scheme': (header) => header.slice(SCHEME.length + 1),
  })) {
    test(`refuses ${what}`, () => refused({ authorization: spoil }, WRONG_SCHEME));
  }

  for (const name of FIELDS) {
    test(`refuses an Authorization without ${name}`, () =>
      refused({ fields: { [name]: undefined } }, MALFORMED));

    test(`refuses an Authorization with ${name} twice`, () =>
      refused(
        { authorization: (header) => `${header},${header.match(`${name}="[^"]*"`)[0]}` },
        MALFORMED,
      ));

    test(`refuses an Authorization with ${name} in single quotes`, () =>
      refused(
        { authorization: (header) => header.replace(RegExp(`${name}="([^"]*)"`), `${name}='$1'`) },
        MALFORMED,
      ));
  }

  for (const [what, spoil] of Object.entries({
    'nothing after the scheme': () => SCHEME,
    'two blanks after the scheme': (header) => header.replace(' ', '  '),
    'a blank between fields': (header) => header.replace('",', '", '),
    'no comma between fields': (header) => header.replace('",', '"'),
    'a semicolon between fields': (header) => header.replace('",', '";'),
    'a comma at the end': (header) => `${header},`,
    'an unclosed quote': (header) => header.slice(0, -1),
    'a field of another name': (header) => `${header},extra="1"`,
    'a name in upper case': (header) => header.replace('mchid', 'MCHID'),
    'a name that every object has': (header) => `${header},constructor="1"`,
    'text before the first field': (header) => header.replace(' ', ' x'),
  })) {
    test(`refuses an Authorization with ${what}`, () =>
      refused({ authorization: spoil }, MALFORMED));
  }

  test('refuses another merchant', () =>
    refused({ fields: { mchid: '1900000109' } }, refusal('商户号mchid有误。')));

  test('refuses another certificate', () =>
    refused({ fields: { serial_no: '0'.repeat(40) } }, refusal('商户证书序列号有误。')));

  for (const timestamp of ['', 'now', `${NOW}.0`, `+${NOW}`, `0${NOW}`, '1.8e9', ` ${NOW}`, '-1']) {
    test(`refuses the timestamp "${timestamp}"`, () =>
      refused({ fields: { timestamp } }, MALFORMED));
  }

  for (const nonce of ['', 'a'.repeat(33), 'with blank', '\u00e9']) {
    test(`refuses the nonce "${nonce}"`, () =>
      refused({ fields: { nonce_str: nonce } }, MALFORMED));
  }

  for (const skew of [-300, 300]) {
    test(`accepts a timestamp ${skew} s from the clock`, () =>
      accepted({ fields: { timestamp: String(now + skew) } }));
  }

  for (const skew of [-301, 301, -86_400, NOW * 999]) {
    test(`refuses a timestamp ${skew} s from the clock, before it checks the signature`, () =>
      refused({ fields: { timestamp: String(now + skew), signature: 'bm8=' } }, OUTSIDE_WINDOW));
  }

  test('refuses a signature by another key, with the documented detail', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await refused(
      { privateKey, fields: { nonce_str: 'ANOTHERKEY' } },
      notMatching({
        method: 'POST',
        url: PATH,
        truncated_sign_message: `POST\n${PATH}\n${now}\nANOTHERKEY\n{"appid"\n`,
        sign_message_length:
          Buffer.byteLength(`POST\n${PATH}\n${now}\nANOTHERKEY\n`) +
          JSON.stringify(CONTRACT).length +
          1,
      }),
    );
  });

  test('counts the length of the message in bytes, and shows a short body completely', () =>
    refused(
      { body: '{"\u4e2d"}', fields: { nonce_str: 'BYTES', signature: 'bm8=' } },
      notMatching({
        method: 'POST',
        url: PATH,
        truncated_sign_message: `POST\n${PATH}\n${now}\nBYTES\n{"\u4e2d"}\n`,
        sign_message_length: Buffer.byteLength(`POST\n${PATH}\n${now}\nBYTES\n{"\u4e2d"}\n`),
      }),
    ));

  for (const [what, change] of Object.entries({
    'with another digest': (message, key) => sign('sha512', message, key).toString('base64'),
    'with PSS padding': (message, key) =>
      sign('sha256', message, { key, padding: 6 }).toString('base64'),
    'with a line feed in its base64': (message, key) => {
      const signature = sign('sha256', message, key).toString('base64');
      return `${signature.slice(0, 64)} ${signature.slice(64)}`;
    },
    'in base64url': (message, key) => sign('sha256', message, key).toString('base64url'),
    'that is empty': () => '',
  })) {
    test(`refuses a signature ${what}`, async () => {
      const nonce = `SIG${what.length}`;
      const body = JSON.stringify(CONTRACT);
      const message = Buffer.from(`POST\n${PATH}\n${now}\n${nonce}\n${body}\n`);
      const signature = change(message, sandbox.options.privateKey);
      const response = await call({ fields: { nonce_str: nonce, signature } });
      assert.equal(response.status, 401);
      assert.equal(response.json.detail.issue, 'sign not match');
    });
  }

  test('refuses a body in which any one byte was changed after signing', async () => {
    const body = Buffer.from(JSON.stringify(CONTRACT));
    for (let at = 0; at < body.length; at += 1) {
      const sentBody = Buffer.from(body);
      sentBody[at] ^= 1;
      const { status, json } = await call({ body, sentBody });
      assert.equal(status, 401, `byte ${at}`);
      assert.equal(json.detail.sign_information.sign_message_length, messageLength(body.length));
    }
  });

  test('refuses a body from which any one byte was deleted after signing', async () => {
    const body = Buffer.from(JSON.stringify(CONTRACT));
    for (let at = 0; at < body.length; at += 1) {
      const sentBody = Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]);
      const { status, json } = await call({ body, sentBody });
      assert.equal(status, 401, `byte ${at}`);
      assert.equal(
        json.detail.sign_information.sign_message_length,
        messageLength(body.length - 1),
      );
    }
  });

  const messageLength = (bodyLength) => `POST\n${PATH}\n${now}\n\n\n`.length + 32 + bodyLength;

  test('refuses a query that was added after signing', async () => {
    const response = await call({ sentPath: `${PATH}?a=1` });
    assert.equal(response.status, 401);
    assert.equal(response.json.detail.sign_information.url, `${PATH}?a=1`);
  });

  test('refuses a replay, and every other use of a used nonce', async () => {
    const request = { fields: { nonce_str: 'USEDONCE' } };
    await accepted(request);
    await refused(request, REPLAYED);
    const json = { ...CONTRACT, out_contract_code: 'ANOTHER' };
    await refused({ ...request, json }, REPLAYED);
  });

  test('a nonce of a refused parameter counts as used', async () => {
    const fields = { nonce_str: 'USEDINVAIN' };
    assert.equal((await call({ fields, json: {} })).status, 400);
    await refused({ fields }, REPLAYED);
  });

  test('a request without the key does not use up a nonce', async () => {
    const fields = { nonce_str: 'NOTTHEIRS' };
    assert.equal((await call({ fields: { ...fields, signature: 'bm8=' } })).status, 401);
    await accepted({ fields });
  });

  test('remembers a nonce only as long as its timestamp is acceptable', async () => {
    try {
      const ahead = String(now + 300);
      await accepted({ fields: { nonce_str: 'REMEMBERED' } });
      await accepted({ fields: { nonce_str: 'REMEMBEREDLONGER', timestamp: ahead } });
      now += 300;
      await refused({ fields: { nonce_str: 'REMEMBERED' } }, REPLAYED);
      now += 1;
      await accepted({ fields: { nonce_str: 'REMEMBERED' } });
      now = NOW + 600;
      await refused({ fields: { nonce_str: 'REMEMBEREDLONGER', timestamp: ahead } }, REPLAYED);
      now += 1;
      await refused(
        { fields: { nonce_str: 'REMEMBEREDLONGER', timestamp: ahead } },
        OUTSIDE_WINDOW,
      );
      await accepted({ fields: { nonce_str: 'REMEMBEREDLONGER' } });
    } finally {
      now = NOW;
    }
  });

  test('dates and signs its responses by its own clock', async () => {
    const { headers } = await call();
    assert.equal(headers['wechatpay-timestamp'], String(NOW));
    assert.equal(headers.date, new Date(NOW * 1000).toUTCString());
  });

  test('shows what it expected to be signed, for accepted and refused requests', async () => {
    await call({ fields: { nonce_str: 'STALE', timestamp: '1554208460' } });
    const body = JSON.stringify(CONTRACT);
    assert.equal(sandbox.requests.at(-1).message, `POST\n${PATH}\n1554208460\nSTALE\n${body}\n`);
  });
});
