// Bills that are encrypted with a key of their own, through the packed tarball: encrypted here with
// node:crypto, as WeChat Pay's documents say, and never decrypted where one bit differs.
import assert from 'node:assert/strict';
import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  webcrypto,
} from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { Wechatpay } from 'wechatpay-wasm';
import { withServer } from '../faults/responding-server.mjs';
import { key, merchant } from '../merchant.mjs';

const TEXT = '交易时间,微信订单号\n`2026-11-22,`4200001\n'.repeat(5_000);
const skip = !process.getBuiltinModule && 'no node:crypto without an import before Node 20.16';
const sha1 = (bytes) => createHash('sha1').update(bytes).digest('hex');

/** The file, and what the signed response before it says. */
function bill(text = TEXT, { gzip = false, nonce = 'a8607ef79034c49c', billKey } = {}) {
  const fileKey = billKey ?? randomBytes(16).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', fileKey, nonce);
  const plain = gzip ? gzipSync(text) : Buffer.from(text);
  const file = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const encryptKey = publicEncrypt(
    {
      key: createPublicKey(key('merchant.pkcs8.pem')),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha1',
    },
    Buffer.from(fileKey),
  ).toString('base64');
  const params = { hashType: 'SHA1', hashValue: sha1(text), encryptKey, nonce };
  return { file, params: gzip ? { ...params, gzip } : params };
}

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** A server that sends `file`, in parts of `size` bytes. */
const sending = (file, test, size = file.length) =>
  withServer(
    async (_, response) => {
      response.writeHead(200);
      for (let at = 0; at < file.length; at += size) response.write(file.subarray(at, at + size));
      response.end();
    },
    ({ options, requests }) => {
      const url = `${options.baseUrl}/v3/billdownload/file?token=x`;
      return test(new Wechatpay(options), url, requests);
    },
  );

test('a bill, as a stream and as bytes, in gzip too, with nonces of every documented length', async () => {
  for (const gzip of [false, true]) {
    for (const nonce of ['a8607ef79034', 'a8607ef79034c49c', '5K8264ILTKCH16CQ2502SI8ZNMTM67VS']) {
      const { file, params } = bill(TEXT, { gzip, nonce });
      await sending(
        file,
        async (wxpay, url) => {
          const bytes = await wxpay.downloadBytes(url, params);
          assert.equal(Buffer.from(bytes).toString(), TEXT);
          assert.equal((await read(await wxpay.download(url, params))).toString(), TEXT);
        },
        1_000,
      );
    }
  }
});

test('a key of any bytes, an empty bill, and one of several parts', async () => {
  for (const [text, billKey] of [
    ['', randomBytes(32)],
    ['x', randomBytes(32)],
    ['y'.repeat(3 << 20), randomBytes(32)],
  ]) {
    const { file, params } = bill(text, { billKey });
    await sending(file, async (wxpay, url) => {
      assert.equal(Buffer.from(await wxpay.downloadBytes(url, params)).toString(), text);
      assert.equal((await read(await wxpay.download(url, params))).toString(), text);
    });
  }
});

test('one changed bit, or a byte less: nothing is decrypted, and no stream is given', async () => {
  const { file, params } = bill('a bill');
  const changed = (at) => {
    const copy = Buffer.from(file);
    copy[at] ^= 1;
    return copy;
  };
  const spoiled = [0, 5, file.length - 16, file.length - 1].map(changed);
  spoiled.push(file.subarray(0, -1), file.subarray(1), file.subarray(0, 16), Buffer.alloc(0));
  for (const each of spoiled) {
    await sending(each, async (wxpay, url) => {
      for (const method of ['download', 'downloadBytes']) {
        const error = await wxpay[method](url, params).catch((reason) => reason);
        assert.equal(error.name, 'VerificationError');
        assert.equal(error.code, 'ERR_HASH_MISMATCH');
        assert.equal(error.status, 200);
        assert.match(error.message, /GCM tag is not valid/);
        assert.ok(!error.message.includes(params.encryptKey));
      }
    });
  }
  await sending(file, (wxpay, url) =>
    assert.rejects(wxpay.download(url, { ...params, nonce: 'b8607ef79034c49c' }), /GCM tag/),
  );
});

test('the hash is that of the decrypted bill', async () => {
  const { file, params } = bill();
  await sending(file, async (wxpay, url) => {
    const other = { ...params, hashValue: sha1(file) };
    await assert.rejects(wxpay.downloadBytes(url, other), { code: 'ERR_HASH_MISMATCH' });
    await assert.rejects(read(await wxpay.download(url, other)), { code: 'ERR_HASH_MISMATCH' });
  });
});

test('a key that is none is refused before anything is sent, whatever is wrong with it', async () => {
  const { file, params } = bill();
  await sending(file, async (wxpay, url, requests) => {
    const refused = async (more, field) => {
      const error = await wxpay.download(url, { ...params, ...more }).catch((reason) => reason);
      assert.equal(error.name, 'ValidationError', String(error));
      assert.equal(error.field, field);
      return error.message;
    };
    await refused({ encryptKey: undefined }, 'encryptKey');
    await refused({ nonce: undefined }, 'nonce');
    await refused({ nonce: '' }, 'nonce');
    await refused({ nonce: 'n'.repeat(129) }, 'nonce');
    await refused({ encryptKey: '' }, 'encryptKey');
    await refused({ encryptKey: 'no base64' }, 'encryptKey');
    const { encryptKey: short } = bill('', { billKey: undefined }).params;
    const random = randomBytes(256).toString('base64');
    const cut = short.slice(4);
    const messages = new Set();
    for (const encryptKey of [random, cut, 'AAAA']) {
      messages.add(await refused({ encryptKey }, 'encryptKey'));
    }
    assert.equal(messages.size, 1);
    assert.equal(requests.length, 0);
    const signer = new Wechatpay({
      ...merchant,
      privateKey: undefined,
      signer: () => new Uint8Array(256),
      baseUrl: new URL(url).origin,
    });
    await assert.rejects(signer.download(url, params), {
      name: 'ConfigError',
      option: 'privateKey',
    });
    assert.equal(requests.length, 0);
  });
});

test('a KeyObject decrypts the key of a bill; what only signs cannot', { skip }, async () => {
  const pem = key('merchant.pkcs8.pem');
  const { file, params } = bill(TEXT, { billKey: randomBytes(32), gzip: true });
  await sending(file, async (_, url, requests) => {
    const baseUrl = new URL(url).origin;
    const open = (privateKey) => new Wechatpay({ ...merchant, privateKey, baseUrl });
    const wxpay = open(createPrivateKey(pem));
    assert.equal(Buffer.from(await wxpay.downloadBytes(url, params)).toString(), TEXT);
    assert.equal((await read(await wxpay.download(url, params))).toString(), TEXT);
    const received = requests.length;
    const { encryptKey: short } = bill('', { billKey: undefined }).params;
    for (const encryptKey of [
      randomBytes(256).toString('base64'),
      short.slice(4),
      'AAAA',
      '',
      '!',
    ]) {
      const told = async (client) =>
        client.download(url, { ...params, encryptKey }).catch(({ message, field }) => {
          assert.equal(field, 'encryptKey');
          return message;
        });
      assert.equal(await told(wxpay), await told(open(pem)));
    }
    const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const signs = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
    await assert.rejects(open(signs).download(url, params), {
      name: 'ConfigError',
      option: 'privateKey',
    });
    assert.equal(requests.length, received);
  });
});

test('what is held in memory is bounded, compressed or not', async () => {
  const { file, params } = bill('z'.repeat(100_000), { gzip: true });
  assert.ok(file.length < 1_000);
  await sending(file, async (wxpay, url) => {
    const most = (maxBytes) => ({ ...params, maxBytes });
    const tooLarge = { code: 'ERR_RESPONSE_TOO_LARGE' };
    await assert.rejects(wxpay.download(url, most(file.length - 1)), tooLarge);
    await assert.rejects(read(await wxpay.download(url, most(99_999))), tooLarge);
    assert.equal((await wxpay.downloadBytes(url, most(100_000))).length, 100_000);
  });
  // Without a limit of the caller's: a stream is held, too.
  let sent = 0;
  await withServer(
    (_, response) => {
      const part = Buffer.alloc(1 << 20);
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && sent < 100 << 20) {
          sent += part.length;
          if (!response.write(part)) return response.once('drain', more);
        }
        response.end();
      };
      more();
    },
    async ({ options }) => {
      const url = `${options.baseUrl}/v3/billdownload/file?token=x`;
      await assert.rejects(new Wechatpay(options).download(url, params), {
        code: 'ERR_RESPONSE_TOO_LARGE',
      });
      assert.ok(sent < 100 << 20);
    },
  );
});

test('timers run while a large bill is decrypted, and an abort ends it', async () => {
  const { file, params } = bill('w'.repeat(8 << 20));
  await sending(file, async (wxpay, url) => {
    const controller = new AbortController();
    const reason = new Error('the user went away');
    const stream = await wxpay.download(url, params, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 0);
    await assert.rejects(read(stream), (error) => error === reason);
    const early = AbortSignal.abort(reason);
    await assert.rejects(wxpay.download(url, params, { signal: early }), (e) => e === reason);
  });
});
