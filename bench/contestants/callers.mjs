// preEntrustSignApp from end to end, for each contestant: a function that takes the parameters as
// on the wire and returns the pre-sign id.

import { createPrivateKey, createPublicKey, createVerify, randomBytes, sign } from 'node:crypto';
import { AXIOS, BY_HAND, NODE_V3, OURS, OURS_KEY_OBJECT } from './names.mjs';

const PATH = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';

// Imported on demand, so that each process has only its own contestant in memory.
const callers = {
  [OURS]: ours,
  [OURS_KEY_OBJECT]: ({ privateKey, ...rest }) =>
    ours({ ...rest, privateKey: createPrivateKey(privateKey) }),
  [BY_HAND]: byHand,
  [NODE_V3]: async (connection) => (await import('./sdks.mjs')).nodeV3Caller(connection),
  [AXIOS]: async (connection) => (await import('./sdks.mjs')).axiosCaller(connection),
};

export const openCaller = (name, connection) => callers[name](connection);

// `entry` is the URL of another build of the package.
async function ours({ certificate, entry = 'wechatpay-wasm', ...options }) {
  const { Wechatpay } = await import(entry);
  const wxpay = new Wechatpay(options);
  return async ({ appid, out_contract_code: outContractCode }) => {
    const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
    return preEntrustwebId;
  };
}

// The code of a careful programmer who needs only this call: it signs, sends, and verifies before
// it reads.
function byHand({ mchid, serial, privateKey, certs, baseUrl }) {
  const key = createPrivateKey(privateKey);
  const keys = new Map(Object.entries(certs).map(([id, pem]) => [id, createPublicKey(pem)]));
  const [publicKeyId] = keys.keys();
  return async (params) => {
    const body = JSON.stringify(params);
    const nonce = randomBytes(16).toString('hex');
    const timestamp = String(Math.floor(Date.now() / 1000));
    const message = `POST\n${PATH}\n${timestamp}\n${nonce}\n${body}\n`;
    const signature = sign('sha256', Buffer.from(message), key).toString('base64');
    const response = await fetch(`${baseUrl}${PATH}`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'User-Agent': 'bench',
        'Wechatpay-Serial': publicKeyId,
        Authorization:
          `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",` +
          `signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`,
      },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    verifyResponse(response.headers, text, keys);
    return JSON.parse(text).pre_entrustweb_id;
  };
}

function verifyResponse(headers, text, keys) {
  const timestamp = headers.get('wechatpay-timestamp');
  const verified = createVerify('sha256')
    .update(`${timestamp}\n${headers.get('wechatpay-nonce')}\n${text}\n`)
    .verify(
      keys.get(headers.get('wechatpay-serial')),
      headers.get('wechatpay-signature'),
      'base64',
    );
  if (!verified) throw new Error("The response's signature is not valid.");
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300)
    throw new Error('The response is too old.');
}
