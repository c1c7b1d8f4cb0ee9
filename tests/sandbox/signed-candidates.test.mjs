// A wrong signature: the sandbox names the mistake, and shows the string that was signed, where it is a usual
// one.
import assert from 'node:assert/strict';
import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { send } from './signed-request.mjs';

const POST_PATH = '/v3/pay/transactions/native';
const GET_PATH = '/v3/pay/transactions/id/42%20a?mchid=1900000001&appid=wx%3A1';
const NONCE = 'aBcDeF0123456789';
const BODY = '{"b":"茶/<b>","a":{"d":1,"c":[1,2]}}';

describe('what was signed in place of the right string', () => {
  let sandbox;
  let now;
  let host;
  let nonces = 0;
  before(async () => {
    sandbox = await createSandbox({ clock: () => now * 1000 });
    now = Math.floor(Date.now() / 1000);
    host = new URL(sandbox.url).host;
  });
  after(() => sandbox.close());

  /**
   * Sends a request whose signature is over the string that `signed` makes.
   */
  const wrong = async (signed, { method = 'POST', path, body, make = rsa, ...more } = {}) => {
    nonces += 1;
    const url = path ?? (method === 'GET' ? GET_PATH : POST_PATH);
    const parts = {
      ...{ method, url, timestamp: String(now), nonce: `${NONCE}${nonces}` },
      body: body ?? (method === 'GET' ? '' : BODY),
    };
    const string = signed(parts);
    const { timestamp, nonce } = parts;
    const signature = make(string);
    const response = await send(sandbox, {
      ...{ method, path: url, body: parts.body },
      fields: { timestamp, nonce_str: nonce, signature },
      ...more,
    });
    assert.equal(response.status, 401, response.raw.toString());
    assert.equal(response.json.code, 'SIGN_ERROR');
    const record = sandbox.requests.at(-1);
    const right = line(parts);
    assert.equal(record.message, right);
    return { record, string };
  };
  const rsa = (string) =>
    sign('sha256', Buffer.from(string), sandbox.options.privateKey).toString('base64');
  const line = ({ method, url, timestamp, nonce, body }) =>
    `${method}\n${url}\n${timestamp}\n${nonce}\n${body}\n`;

  const reserialised = JSON.stringify({ a: { c: [1, 2], d: 1 }, b: '茶/<b>' });
  const python = '{"b": "茶/<b>", "a": {"d": 1, "c": [1, 2]}}';

  /** [what the record says, the string that was signed, the request] */
  const cases = [
    ['without its query', (p) => line({ ...p, url: p.url.split('?')[0] }), { method: 'GET' }],
    [
      'with its URL percent-decoded',
      (p) => line({ ...p, url: decodeURIComponent(p.url) }),
      { method: 'GET' },
    ],
    [
      'with its path percent-decoded',
      (p) => line({ ...p, url: p.url.replace('%20', ' ') }),
      { method: 'GET' },
    ],
    [
      'with its query percent-decoded',
      (p) => line({ ...p, url: p.url.replace('%3A', ':') }),
      { method: 'GET' },
    ],
    [
      'with its URL percent-encoded, as it is not sent',
      (p) => line({ ...p, url: encodeURI(p.url) }),
      { method: 'GET' },
    ],
    [
      'with its URL percent-encoded otherwise than it is sent',
      (p) => line({ ...p, url: p.url.replace('a:b', 'a%3Ab') }),
      { method: 'GET', path: '/v3/bill/tradebill?bill_date=a:b' },
    ],
    [
      'with + for each space of its URL',
      (p) => line({ ...p, url: p.url.replace('%20', '+') }),
      { method: 'GET' },
    ],
    [
      'with %20 for each + of its URL',
      (p) => line({ ...p, url: p.url.replace('+', '%20') }),
      { method: 'GET', path: '/v3/certificates?a=b+c' },
    ],
    [
      'with the hexadecimal digits of its URL in lower case',
      (p) => line({ ...p, url: p.url.replace('%3A', '%3a') }),
      { method: 'GET' },
    ],
    [
      'with the hexadecimal digits of its URL in upper case',
      (p) => line({ ...p, url: p.url.replace('%3a', '%3A') }),
      { method: 'GET', path: '/v3/pay/transactions/id/42?mchid=a%3a' },
    ],
    [
      'with the parameters of its query sorted',
      (p) => line({ ...p, url: p.url.replace(/\?(.*)&(.*)/, '?$2&$1') }),
      { method: 'GET' },
    ],
    [
      'without the ? before its query',
      (p) => line({ ...p, url: p.url.replace('?', '') }),
      { method: 'GET' },
    ],
    [
      'with its query in place of its URL',
      (p) => line({ ...p, url: p.url.split('?')[1] }),
      { method: 'GET' },
    ],
    ['with a ? and no query after its path', (p) => line({ ...p, url: `${p.url}?` })],
    ['with a / at the end of its path', (p) => line({ ...p, url: `${p.url}/` })],
    ['without the / at the beginning of its path', (p) => line({ ...p, url: p.url.slice(1) })],
    ['with two / at the beginning of its path', (p) => line({ ...p, url: `/${p.url}` })],
    [
      'with the whole URL in place of path and query',
      (p) => line({ ...p, url: `http://${host}${p.url}` }),
    ],
    ['with the host before its path', (p) => line({ ...p, url: `${host}${p.url}` })],
    [
      "with WeChat Pay's host before its path",
      (p) => line({ ...p, url: `https://api.mch.weixin.qq.com${p.url}` }),
    ],
    ['without the /v3 of its path', (p) => line({ ...p, url: p.url.slice(3) })],
    ['without its body', (p) => line({ ...p, body: '' })],
    ['with {} for the body, which is empty', (p) => line({ ...p, body: '{}' }), { method: 'GET' }],
    [
      'with null for the body, which is empty',
      (p) => line({ ...p, body: 'null' }),
      { method: 'GET' },
    ],
    [
      'without the white space around its body',
      (p) => line({ ...p, body: p.body.trim() }),
      { body: `${BODY}\n` },
    ],
    [
      'with other line breaks in its body',
      (p) => line({ ...p, body: p.body.replace('\n', '\r\n') }),
      { body: '{"a":\n1}' },
    ],
    ['with a byte order mark before its body', (p) => line({ ...p, body: `\uFEFF${p.body}` })],
    ['with [object Object] for its body', (p) => line({ ...p, body: '[object Object]' })],
    ['with undefined for its body', (p) => line({ ...p, body: 'undefined' })],
    ['with its body percent-encoded', (p) => line({ ...p, body: encodeURIComponent(p.body) })],
    [
      'with its body in base64',
      (p) => line({ ...p, body: Buffer.from(p.body).toString('base64') }),
    ],
    ['with its body serialised twice', (p) => line({ ...p, body: JSON.stringify(p.body) })],
    [
      'with its body read as Latin-1',
      (p) => line({ ...p, body: Buffer.from(p.body).toString('latin1') }),
    ],
    ['with its body serialised anew', (p) => line({ ...p, body: BODY }), { body: python }],
    ['with its body serialised anew and the spaces of Python', (p) => line({ ...p, body: python })],
    [
      'with its body serialised anew and two spaces',
      (p) => line({ ...p, body: JSON.stringify(JSON.parse(BODY), undefined, 2) }),
    ],
    [
      'with its body serialised anew and its members sorted',
      (p) => line({ ...p, body: reserialised }),
    ],
    [
      'with its body serialised anew, in ASCII',
      (p) => line({ ...p, body: p.body.replace('茶', '\\u8336') }),
    ],
    [
      'with its body serialised anew, in ASCII, with \\/',
      (p) => line({ ...p, body: p.body.replace('茶', '\\u8336').replace('/', '\\/') }),
    ],
    [
      'with its body serialised anew, with \\/ for each /',
      (p) => line({ ...p, body: p.body.replace('/', '\\/') }),
    ],
    [
      'with its body serialised anew, escaped for HTML',
      (p) => line({ ...p, body: p.body.replace('<', '\\u003c').replace('>', '\\u003e') }),
    ],
    ['with its method in lower case', (p) => line({ ...p, method: 'post' })],
    ['with the method Post', (p) => line({ ...p, method: 'Post' })],
    ['with the method GET, not POST', (p) => line({ ...p, method: 'GET' })],
    [
      'with timestamp and nonce_str swapped',
      (p) => line({ ...p, timestamp: p.nonce, nonce: p.timestamp }),
    ],
    [
      /with another timestamp, \d+: read the clock once$/,
      (p) => line({ ...p, timestamp: String(now - 1) }),
    ],
    ['with its timestamp in milliseconds', (p) => line({ ...p, timestamp: `${p.timestamp}321` })],
    ['with nonce_str in lower case', (p) => line({ ...p, nonce: p.nonce.toLowerCase() })],
    ['with nonce_str in upper case', (p) => line({ ...p, nonce: p.nonce.toUpperCase() })],
    ['without nonce_str', (p) => line({ ...p, nonce: '' })],
    ['without the line feed at its end', (p) => line(p).slice(0, -1)],
    ['with a line feed too many at its end', (p) => `${line(p)}\n`],
    ['without its last lines', (p) => line(p).split('\n').slice(0, 4).join('\n')],
    ['with CR LF at the end of each line', (p) => line(p).replaceAll('\n', '\r\n')],
    ['with a backslash and an n for each line feed', (p) => line(p).replaceAll('\n', '\\n')],
    ['without any line feed', (p) => line(p).replaceAll('\n', '')],
    ['of a response: without method and URL', (p) => `${p.timestamp}\n${p.nonce}\n${p.body}\n`],
    ['with method and URL swapped', (p) => line({ ...p, method: p.url, url: p.method })],
    [
      'without its query and with {} for the body, which is empty',
      (p) => line({ ...p, url: p.url.split('?')[0], body: '{}' }),
      { method: 'GET' },
    ],
  ];
  for (const [mistake, signed, request] of cases) {
    test(String(mistake), async () => {
      const { record, string } = await wrong(signed, request);
      if (mistake instanceof RegExp) assert.match(record.signatureMistake, mistake);
      else assert.equal(record.signatureMistake, `it signs the string ${mistake}`);
      assert.equal(record.signedMessage, string);
      assert.ok(record.result.reason.endsWith(`: ${record.signatureMistake}`));
    });
  }

  test('the whole form of an upload, not its meta', async () => {
    const meta = '{"filename":"a.png","sha256":"00"}';
    const body = [
      '--x\r\nContent-Disposition: form-data; name="meta"\r\n\r\n',
      `${meta}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`,
      'png\r\n--x--\r\n',
    ].join('');
    const path = '/v3/merchant/media/upload';
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const response = await send(sandbox, { path, body, headers });
    assert.equal(response.json.code, 'SIGN_ERROR');
    const record = sandbox.requests.at(-1);
    assert.equal(
      record.signatureMistake,
      'it signs the string with the whole form in place of meta',
    );
    assert.ok(record.message.endsWith(`\n${meta}\n`));
    assert.ok(record.signedMessage.endsWith(`\n${body}\n`));
  });

  test('another hash, another way to write it, another padding', async () => {
    const { privateKey } = sandbox.options;
    const bytes = (string, hash = 'sha256') => sign(hash, Buffer.from(string), privateKey);
    const over = (p) => line(p);
    for (const [mistake, make, signed = over] of [
      ['it is made with SHA-1, not with SHA-256', (s) => bytes(s, 'sha1').toString('base64')],
      ['it is made with MD5, not with SHA-256', (s) => bytes(s, 'md5').toString('base64')],
      ['it is made with SHA-512, not with SHA-256', (s) => bytes(s, 'sha512').toString('base64')],
      ['it is in hexadecimal, not in base64', (s) => bytes(s).toString('hex')],
      ['it is in base64url, not in base64', (s) => `${bytes(s).toString('base64url')}`],
      [
        'it has spaces in its base64, or not the padding of base64',
        (s) =>
          bytes(s)
            .toString('base64')
            .replace(/^.{76}/, '$& '),
      ],
      [
        'it is in hexadecimal, not in base64, and is made with SHA-1, not with SHA-256, and signs the string without its body',
        (s) => bytes(s, 'sha1').toString('hex'),
        (p) => line({ ...p, body: '' }),
      ],
    ]) {
      const { record, string } = await wrong(signed, { make });
      assert.equal(record.signatureMistake, mistake);
      assert.equal(record.signedMessage, string);
    }
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const pss = (s) =>
      sign('sha256', Buffer.from(s), { key: privateKey, padding }).toString('base64');
    const { record } = await wrong(over, { make: pss });
    assert.equal(record.signatureMistake, 'it is one of RSASSA-PSS, not of RSASSA-PKCS1-v1_5');
    assert.equal(record.signedMessage, undefined);
  });

  test('another key, another string, and what is no signature', async () => {
    const { privateKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const raw = createHash('sha256').update('x').digest();
    for (const [mistake, make] of [
      [OTHER_KEY, (s) => sign('sha256', Buffer.from(s), other).toString('base64')],
      [OTHER_KEY, () => 'AAAA'],
      [OTHER_KEY, () => ''],
      [OTHER_KEY, () => 'not base64!'],
      [OTHER_KEY, () => Buffer.alloc(256, 0xff).toString('base64')],
      // The bare hash, with no DigestInfo around it.
      [OTHER_KEY, () => privateEncrypt(sandbox.options.privateKey, raw).toString('base64')],
      ['it signs a string that no usual mistake gives', () => rsa('something else')],
    ]) {
      const { record } = await wrong(line, { make });
      assert.equal(record.signatureMistake, mistake);
      assert.equal(record.signedMessage, undefined);
    }
  });
  const OTHER_KEY = "it was not made with this merchant's private key";

  test('a large body is compared, too, with the likely strings', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(900_000) });
    const { record } = await wrong((p) => line({ ...p, body: '' }), { body });
    assert.equal(record.signatureMistake, 'it signs the string without its body');
    const before = performance.now();
    await wrong((p) => `${line(p)}?`, { body });
    assert.ok(performance.now() - before < 10_000);
  });

  test('a right signature has no mistake, and neither has one that was not looked at', async () => {
    await send(sandbox);
    await send(sandbox, { authorization: () => undefined });
    for (const record of sandbox.requests.slice(-2)) {
      assert.equal(record.signedMessage, undefined);
      assert.equal(record.signatureMistake, undefined);
    }
  });
});
