// Notifications as WeChat Pay makes them, by hand with node:crypto: encrypted with the APIv3 key,
// and signed with the committed key of WeChat Pay's side. A test can spoil any part.
import { createCipheriv, randomBytes } from 'node:crypto';

import { Wechatpay } from 'wechatpay-wasm';

import { signedHeaders } from '../faults/responding-server.mjs';
import { merchant } from '../merchant.mjs';

export const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';

/** The default resource of a notification. */
export const transaction = {
  transaction_id: '1217752501201407033233368018',
  trade_state: 'SUCCESS',
  attach: '备注 😀',
  amount: { total: 100, currency: 'CNY' },
};

export function client(options) {
  return new Wechatpay({ ...merchant, apiv3Key, ...options });
}

/** The resource object of a notification, with `text` encrypted. */
export function encrypted(text, { algorithm = 'AEAD_AES_256_GCM', encryptionKey = apiv3Key } = {}) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
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

/** A complete notification: `headers`, and `body` as a string. */
export function notification({ resource = transaction, text, envelope, encrypt, at } = {}) {
  const body = JSON.stringify(
    {
      id: 'EV-2018022511223320873',
      create_time: '2015-05-20T13:29:35+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: encrypted(text ?? JSON.stringify(resource), encrypt),
      ...envelope,
    },
    null,
    // Indented, so that a plain JSON.stringify does not reproduce these bytes.
    1,
  );
  return { headers: signedHeaders(body, { timestamp: at }), body };
}

/** What a client returns for it. */
export const opened = {
  id: 'EV-2018022511223320873',
  createTime: '2015-05-20T13:29:35+08:00',
  resourceType: 'encrypt-resource',
  eventType: 'TRANSACTION.SUCCESS',
  summary: '支付成功',
  originalType: 'transaction',
  resource: transaction,
};
