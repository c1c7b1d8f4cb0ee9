// Notifications as WeChat Pay makes them, by hand on node:crypto: sealed with the APIv3 key, signed with
// the committed key of WeChat Pay's side, each spoiled in whatever a test asks for.
import { createCipheriv, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Wechatpay } from 'wechatpay-wasm';

const key = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), 'utf8');

export const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';
export const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';

/** What is told of in every notification, where a test says nothing else. */
export const transaction = {
  transaction_id: '1217752501201407033233368018',
  trade_state: 'SUCCESS',
  attach: '备注 😀',
  amount: { total: 100, currency: 'CNY' },
};

export function client(options) {
  return new Wechatpay({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: key('merchant.pkcs8.pem'),
    certs: { [publicKeyId]: key('wechatpay.spki.pem') },
    apiv3Key,
    ...options,
  });
}

/** The resource of a notification: `text`, sealed. */
export function sealed(text, { algorithm = 'AEAD_AES_256_GCM', sealingKey = apiv3Key } = {}) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
  cipher.setAAD(Buffer.from('transaction'));
  const parts = [cipher.update(text), cipher.final(), cipher.getAuthTag()];
  return {
    original_type: 'transaction',
    algorithm,
    ciphertext: Buffer.concat(parts).toString('base64'),
    associated_data: 'transaction',
    nonce,
  };
}

/** The signature headers of `body`, made now. */
export function signed(body, { timestamp = Math.floor(Date.now() / 1000) } = {}) {
  const nonce = randomBytes(16).toString('hex');
  const message = Buffer.concat([
    Buffer.from(`${timestamp}\n${nonce}\n`),
    Buffer.from(body),
    Buffer.from('\n'),
  ]);
  return {
    'Content-Type': 'application/json',
    'Request-ID': '08F78BB5AF0610D302',
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': sign('sha256', message, key('wechatpay.pkcs8.pem')).toString('base64'),
  };
}

/** A whole notification: `headers` and `body`, a string. */
export function notification({ resource = transaction, text, envelope, seal, at } = {}) {
  const body = JSON.stringify(
    {
      id: 'EV-2018022511223320873',
      create_time: '2015-05-20T13:29:35+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: sealed(text ?? JSON.stringify(resource), seal),
      ...envelope,
    },
    null,
    // As no JSON.stringify without arguments writes it.
    1,
  );
  return { headers: signed(body, { timestamp: at }), body };
}

/** What a client makes of it. */
export const opened = {
  id: 'EV-2018022511223320873',
  createTime: '2015-05-20T13:29:35+08:00',
  resourceType: 'encrypt-resource',
  eventType: 'TRANSACTION.SUCCESS',
  summary: '支付成功',
  originalType: 'transaction',
  resource: transaction,
};
