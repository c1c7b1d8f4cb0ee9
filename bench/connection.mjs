// The keys of both sides, and the messages that WeChat Pay's side signs.

import { createCipheriv, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const key = (name) => readFileSync(new URL(`../tests/keys/${name}`, import.meta.url), 'utf8');

const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';
const nonce = 'd824f2e086d3c1df967785d13fcd22ef';

/** The options of a client. `certificate` is the merchant's, for the SDK that needs it. */
export const connection = {
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: key('merchant.pkcs8.pem'),
  certs: { [publicKeyId]: key('wechatpay.spki.pem') },
  apiv3Key: 'SECRETSECRETSECRETSECRETSECRET32',
  certificate: key('merchant.cert.pem'),
};

/** The public keys of both sides. */
export const publicKeys = {
  merchant: key('merchant.spki.pem'),
  wechatpay: key('wechatpay.spki.pem'),
};

/** The response to preEntrustSignApp. */
export const result = { pre_entrustweb_id: '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b' };

/** Signs `body` now; returns it with its headers, the signed bytes and the signature. */
export function signed(body) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`);
  const signature = sign('sha256', message, key('wechatpay.pkcs8.pem'));
  const headers = {
    'Content-Type': 'application/json',
    'Request-ID': '08F78BB5AF0610D302',
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': signature.toString('base64'),
  };
  return { body, headers, message, signature };
}

/** A payment notification, encrypted and signed. */
export function notification() {
  const transaction = {
    transaction_id: '1217752501201407033233368018',
    trade_state: 'SUCCESS',
    amount: { total: 100, currency: 'CNY' },
  };
  const cipher = createCipheriv('aes-256-gcm', connection.apiv3Key, 'fdasfjihihih');
  cipher.setAAD(Buffer.from('transaction'));
  const text = JSON.stringify(transaction);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return signed(
    JSON.stringify({
      id: 'EV-2018022511223320873',
      create_time: '2015-05-20T13:29:35+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: encrypted.toString('base64'),
        associated_data: 'transaction',
        nonce: 'fdasfjihihih',
      },
    }),
  );
}
