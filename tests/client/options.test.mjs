// Options and parameters as callers give them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCallOptions } from '../../pkg-template/client/call-options.mjs';
import { readChainOptions } from '../../pkg-template/client/chain-options.mjs';
import { readClientOptions } from '../../pkg-template/client/client-options.mjs';
import { readPaySign, readTexts } from '../../pkg-template/client/typed-params.mjs';
import { readDownload, readUpload } from '../../pkg-template/client/upload-params.mjs';

const bytes = (text) => new TextEncoder().encode(text);
const good = {
  mchid: '1900007291',
  serial: '408B',
  privateKey: 'pem',
  certs: { auto: true, PUB_KEY_ID_01: 'public', 'a\ud83d': Uint8Array.of(1) },
};
const signer = () => {};

test('the options of a client', () => {
  const read = readClientOptions({ ...good, timeout: 5, baseUrl: 'https://x' });
  assert.deepEqual(JSON.parse(JSON.stringify(read.settings)), {
    mchid: '1900007291',
    serial: '408B',
    certIds: ['PUB_KEY_ID_01', 'a\ufffd'],
    automatic: true,
    keySource: 'file',
    baseUrl: 'https://x',
    timeout: 5,
  });
  assert.deepEqual(read.privateKey, bytes('pem'));
  assert.deepEqual(read.certs, [bytes('public'), Uint8Array.of(1)]);
  assert.equal(read.apiv3Key, undefined);
  assert.deepEqual(readClientOptions({ ...good, cert: 'x509' }).cert, bytes('x509'));

  const remote = readClientOptions({ ...good, privateKey: undefined, signer, certs: 'auto' });
  assert.equal(remote.signer, signer);
  assert.equal(remote.settings.keySource, 'signer');
  assert.deepEqual([remote.settings.certIds, remote.settings.automatic], [[], true]);
});

test('options of a client that are of no use', () => {
  for (const [changed, option, message] of [
    [{ mchid: 1 }, 'mchid', 'must be a string, not a number'],
    [{ mchid: undefined }, 'mchid', 'is missing'],
    [{ private_key: 'x' }, 'private_key', 'is not known here; in JavaScript it is privateKey'],
    [{ apiv3_key: 'x' }, 'apiv3_key', 'is not known here; in JavaScript it is apiv3Key'],
    [{ timeout: 1.5 }, 'timeout', 'must be a whole number from 1 to 2147483647'],
    [{ maxRetries: 11 }, 'maxRetries', 'must be a whole number from 0 to 10'],
    [{ fetch: 'x' }, 'fetch', 'must be a function, not a string'],
    [{ cert: '' }, 'cert', 'is empty'],
    [{ cert: {} }, 'cert', 'must be a string or a Uint8Array, not an object'],
    [
      { privateKey: {} },
      'privateKey',
      'must be PEM or DER (a string or a Uint8Array), a KeyObject or a CryptoKey, not an object',
    ],
    [{ privateKey: undefined }, 'privateKey', 'is missing; give it, or a signer in its place'],
    [{ certs: { auto: 1 } }, 'certs', 'auto must be true or false, not a number'],
    [
      { certs: { a: 7 } },
      'certs',
      'the key under `a` must be a string or a Uint8Array, not a number',
    ],
    [
      { signer },
      'signer',
      'is given beside privateKey; give one of the two, so that it is clear who signs',
    ],
  ]) {
    assert.throws(() => readClientOptions({ ...good, ...changed }), {
      name: 'ConfigError',
      code: 'ERR_CONFIG',
      option,
      message: `${option}: ${message}`,
    });
  }
  assert.throws(() => readClientOptions({ ...good, ['-'.repeat(30)]: 1 }), {
    option: 'options',
    message: /^options: has a member that is not known, a name of 30 characters; known are mchid, /,
  });
});

test('a polluted Object.prototype does not reach a call', () => {
  Object.defineProperty(Object.prototype, 'signer', { value: signer, configurable: true });
  try {
    assert.equal(readClientOptions(good).signer, undefined);
  } finally {
    delete Object.prototype.signer;
  }
});

test('the options of a call', () => {
  const { signal } = new AbortController();
  assert.deepEqual({ ...readCallOptions(undefined) }, {});
  assert.deepEqual(JSON.parse(JSON.stringify(readCallOptions({ timeout: 1 }))), { timeout: 1 });
  assert.equal(readCallOptions({ signal }).signal, signal);
  for (const [options, field] of [
    [null, 'options'],
    [{ singal: 1 }, 'options.singal'],
    [{ signal: new AbortController() }, 'options.signal'],
    [{ signal: 'x' }, 'options.signal'],
    [{ deadline: 0 }, 'options.deadline'],
  ]) {
    assert.throws(() => readCallOptions(options), { name: 'ValidationError', field });
  }
});

test('the options of a chain', () => {
  const { call, ...none } = readChainOptions(undefined, []);
  assert.deepEqual(none, { variables: [], query: [], headers: [] });
  assert.deepEqual({ ...call }, {});
  const read = readChainOptions(
    {
      out_trade_no: 1,
      other: { a: 1 },
      query: { a: ['b', undefined, true], c: undefined, 支: {} },
      headers: { Accept: 'x', No: undefined },
      json: { a: 1 },
      maxRetries: 2,
    },
    ['out_trade_no', 'absent'],
  );
  assert.deepEqual(read.variables, [
    ['other', ''],
    ['out_trade_no', '1'],
  ]);
  assert.deepEqual(read.query, [
    ['a', 'b'],
    ['a', 'true'],
    ['支', ''],
  ]);
  assert.deepEqual(read.headers, [['Accept', 'x']]);
  assert.equal(read.json, '{"a":1}');
  assert.equal(read.call.maxRetries, 2);
});

test('options of a chain that are of no use', () => {
  const endless = Object.assign([], {
    *[Symbol.iterator]() {
      for (;;) yield undefined;
    },
  });
  const thousand = Array.from({ length: 1_000 }, (_, index) => index);
  assert.equal(readChainOptions({ query: { a: thousand } }, []).query.length, 1_000);
  for (const [options, field, message] of [
    [{ query: { endless } }, 'query.endless', /more than 1000 values/],
    [{ query: { a: [...thousand, 1] } }, 'query.a', /more than 1000 values/],
    [{ headers: JSON.parse('{"__proto__":"x"}') }, 'headers', /`__proto__`, which fetch cannot/],
    [new Map([['maxRetries', 0]]), 'options', /must be an object/],
    [new URLSearchParams('a=1'), 'options', /must be an object/],
    [{ json: { a: /x/ } }, 'json.a', /a RegExp, which JSON writes as an empty object/],
    [{ json: { a: new ArrayBuffer(2) } }, 'json.a', /is bytes/],
    [{ query: new Map() }, 'query', /plain object.*Object\.fromEntries/],
    [{ query: { a: 2 ** 53 } }, 'query.a', /give it as a string/],
    [{ query: { a: { b: 1 } } }, 'query.a', /not an object/],
    [{ query: { ['x'.repeat(30)]: null } }, 'query', /not null/],
    [{ headers: { Accept: 1 } }, 'headers', /a value, of `Accept`, that must be a string/],
    [{ json: 7 }, 'json', /must be an object/],
    [{ a: null }, 'a', /must be a string, a number or true or false, not null/],
  ]) {
    assert.throws(() => readChainOptions(options, ['a']), {
      name: 'ValidationError',
      field,
      message,
    });
  }
  assert.throws(() => readChainOptions(undefined, ['query']), { field: 'path' });
  assert.throws(() => readChainOptions(undefined, ['maxRetries']), { field: 'path' });
});

test('parameters of calls', () => {
  const fields = ['appid', 'outContractCode'];
  assert.deepEqual(readTexts({ outContractCode: 'c', appid: 'a' }, fields), ['a', 'c']);
  assert.throws(() => readTexts({ appid: 'a' }, fields), {
    field: 'outContractCode',
    message: 'outContractCode: is missing',
  });
  assert.throws(() => readTexts(undefined, fields), {
    field: 'params',
    message: 'params: must be an object { appid, outContractCode }, not undefined',
  });
  const params = { type: 'app', appid: 'a', prepayId: 'p' };
  assert.deepEqual(readPaySign(params), ['app', 'a', 'p', undefined]);
  assert.deepEqual(readPaySign({ ...params, partnerid: '1' }), ['app', 'a', 'p', '1']);
});

test('parameters of uploads and downloads', () => {
  const file = { name: 'a.jpg' };
  assert.deepEqual(readUpload('/v3/x', { file }), {
    path: '/v3/x',
    file,
    filename: 'a.jpg',
    contentType: undefined,
    maxBytes: undefined,
  });
  assert.equal(readUpload('/v3/x', { file, filename: '' }).filename, '');
  assert.throws(() => readUpload('/v3/x', { file: new Uint8Array() }), { field: 'filename' });
  assert.throws(() => readUpload('/v3/x', {}), { field: 'file' });
  assert.throws(() => readUpload(7, {}), { field: 'path' });
  const hash = { hashType: 'SHA1', hashValue: 'x' };
  assert.deepEqual(readDownload('https://x', { ...hash, maxBytes: 7 }), {
    read: { downloadUrl: 'https://x', ...hash, encryptKey: undefined, nonce: undefined },
    maxBytes: 7,
    gzip: false,
    unverified: false,
  });
  assert.throws(() => readDownload('https://x', { ...hash, gzip: 1 }), {
    message: 'gzip: must be true or false, not a number',
  });
});
