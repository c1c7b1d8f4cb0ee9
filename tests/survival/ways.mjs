// Every way into the package. `run(open, given)` takes a client from `open(options)`, and calls it.
import { createHash, createPrivateKey, createPublicKey, publicEncrypt, sign } from 'node:crypto';
import { inspect } from 'node:util';

import { variablesOf } from '../../pkg-template/cli/variables.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const person = { ...params, realName: '欧阳锋', credType: 'ID_CARD', credId: '110105194912310029' };
const file = Uint8Array.from({ length: 150_000 }, (_, index) => (index * 7) % 256);
const nobody = { appid: params.appid, outContractCode: 'NOT_THERE' };
const nobodys = { appid: params.appid, openid: 'oNobody', permissionType: 'INDIVIDUAL_PAYEE' };
const launch = { ...params, preEntrustwebId: '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b' };
const payment = { type: 'jsapi', appid: params.appid, prepayId: 'wx1' };

const bill = ({ bill: { download_url, hash_type, hash_value } }) => [
  download_url,
  { hashType: hash_type, hashValue: hash_value },
];

async function read(stream) {
  let length = 0;
  for await (const part of stream) length += part.length;
  return length;
}

const auto = { certs: 'auto' };
const never = () => new Promise(() => {});
const path = '/v3/merchant/media/upload';

/** A call that is to fail, by the code or the name of its error. */
async function failing(call, expected) {
  try {
    await call;
  } catch (error) {
    if (error.code === expected || error.name === expected) return expected;
    throw error;
  }
  throw new Error('it has not failed');
}

async function* parts() {
  for (let at = 0; at < file.length; at += 60_000) yield file.subarray(at, at + 60_000);
}

export const ways = {
  constructor: (open) => open(),
  fromEnv: (_, { Wechatpay, env }) => Wechatpay.fromEnv(env),
  typed: (open) => open().preEntrustSignApp(params),
  'typed, with a name': (open) => open().preEntrustSignAppWithRealName(person),
  chain: (open) =>
    open().v3.ecommerce['individual-contracts']['pre-entrust-sign'].app.post({
      json: { appid: params.appid, out_contract_code: params.outContractCode },
    }),
  echo: (open) => open().echo(),
  certificates: (open) => open().certificates(),
  notification: (open, { notification }) => open().notification(notification),
  paySign: (open) => open().paySign(payment),
  appLaunchParams: (open) => open().appLaunchParams(launch),
  decrypt: (open, { ciphertext }) => open().decrypt(ciphertext),
  'typed, the others': async (open) => {
    const client = open();
    return [
      await client.preEntrustSignMiniProgram({ ...params, openid: 'o1' }),
      await client.preEntrustSignMiniProgramWithRealName({ ...person, openid: 'o1' }),
      await failing(client.queryContractByOutContractCode(nobody), 'RESOURCE_NOT_EXISTS'),
      await failing(client.queryContractByOpenid(nobodys), 'RESOURCE_NOT_EXISTS'),
    ];
  },
  'notification, as a stream': (open, { notification: { headers, body } }) =>
    open().notification({ headers, body: new Response(body).body }),
  'notification, refused': (open, { notification: { headers, body } }) =>
    failing(open().notification({ headers, body: `${body} ` }), 'VerificationError'),
  upload: (open) => open().upload(path, { file, filename: 'a.png' }),
  'upload of a Blob': (open) => open().upload(path, { file: new Blob([file]), filename: 'a.png' }),
  'upload of a stream': (open) => open().upload(path, { file: parts(), filename: 'a.png' }),
  download: async (open, given) => read(await open().download(...bill(given))),
  downloadBytes: (open, given) => open().downloadBytes(...bill(given)),
  'download of an encrypted bill': (open, { encrypted }) => {
    const { download_url: url, hash_type: hashType, hash_value: hashValue } = encrypted;
    const { encrypt_key: encryptKey, nonce } = encrypted;
    return open().downloadBytes(url, { hashType, hashValue, encryptKey, nonce });
  },
  'download that is cancelled': async (open, given) => {
    await (await open().download(...bill(given))).cancel();
  },
  'download that is too large': (open, given) => {
    const [url, hash] = bill(given);
    return failing(open().downloadBytes(url, { ...hash, maxBytes: 10 }), 'TransportError');
  },
  'download of another file': (open, given) => {
    const [url, hash] = bill(given);
    const other = { ...hash, hashValue: '0'.repeat(40) };
    return failing(open().downloadBytes(url, other), 'VerificationError');
  },
  'a call that is aborted': (open) => {
    const controller = new AbortController();
    const call = open({ fetch: never }).echo({ signal: controller.signal });
    setImmediate(() => controller.abort());
    return failing(call, 'AbortError');
  },
  'a call that is aborted at once': (open) => {
    const controller = new AbortController();
    const call = failing(open({ fetch: never }).echo({ signal: controller.signal }), 'AbortError');
    controller.abort();
    return call;
  },
  'a call that is too late': (open) =>
    failing(open({ fetch: never }).v3.x.get({ timeout: 1 }), 'ERR_TIMEOUT'),
  free: (open) => open().free(),
  hooks: (open) => {
    const inside = [];
    const onResponse = () => void inside.push(client.paySign(payment));
    const client = open({ onResponse });
    return client.preEntrustSignApp(params).finally(() => Promise.allSettled(inside));
  },
  'hooks of an outcome, and a log': (open) => {
    const [told, logged] = [[], []];
    const tell = () => told.push(1);
    const log = () => logged.push(1);
    const logger = { debug: log, info: log, warn: log, error: log };
    const client = open({ onRequest: tell, onSuccess: tell, onError: tell, logger });
    const { v3 } = client;
    return v3.ecommerce.individualContracts.preEntrustSign.app.post({
      json: { appid: params.appid, out_contract_code: params.outContractCode },
    });
  },
  inspection: (open) => inspect(open()),
  'hooks, of a retry': async (open) => {
    const inside = [];
    let attempts = 0;
    const fetch = (...request) => {
      attempts += 1;
      if (attempts > 1) return globalThis.fetch(...request);
      return new Response('{}', { status: 503 });
    };
    const onRetry = () => void inside.push(client.paySign(payment).catch(() => {}));
    const client = open({ fetch, onRetry, maxRetries: 1 });
    return client.preEntrustSignApp(params).finally(() => Promise.all(inside));
  },
  'a KeyObject': async (open, { privateKey }) => {
    const client = open({ privateKey: createPrivateKey(privateKey) });
    const calls = [client.preEntrustSignApp(params), client.paySign(payment)];
    await Promise.all(calls.map((call) => call.catch(() => {})));
    return client.preEntrustSignApp(params);
  },
  signer: (open, { privateKey }) => {
    const key = createPrivateKey(privateKey);
    const signer = (message) => sign('sha256', message, key);
    return open({ privateKey: undefined, signer }).preEntrustSignApp(params);
  },
  "certs: 'auto'": (open) => {
    const client = open(auto);
    return Promise.all([client.preEntrustSignApp(params), client.preEntrustSignApp(params)]);
  },
};

/** What the ways are given, from a sandbox. */
export async function givenBy(sandbox, { bill, encrypted }) {
  const { privateKey } = sandbox.options;
  const key = { key: createPublicKey(privateKey), padding: 4, oaepHash: 'sha1' };
  return {
    options: sandbox.options,
    privateKey,
    bill,
    encrypted,
    ciphertext: publicEncrypt(key, Buffer.from('欧阳锋')).toString('base64'),
    notification: sandbox.notification({ eventType: 'TRANSACTION.SUCCESS', resource: { a: 1 } }),
    env: variablesOf(sandbox.options),
  };
}

/** Tells results apart: the same call gives the same. */
export const shapeOf = (value) =>
  createHash('sha1')
    .update(value instanceof Uint8Array ? value : (JSON.stringify(value, shape) ?? typeof value))
    .digest('hex');

function shape(_, value) {
  // Nonces, times, ids and signatures are new in every call.
  return typeof value === 'string' ? 'text' : value;
}
