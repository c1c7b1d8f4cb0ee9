// Bills that are encrypted with a key of their own (partner document 4014314390, merchant document 4013394586).
// They are the same sample for everybody.

import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { billToken } from './bill-token.mjs';
import { encryptField } from './encrypted-field.mjs';
import { ALPHANUMERICS, randomText } from './random-text.mjs';

const BILL = Buffer.from(
  [
    '记账时间,微信支付业务单号,收支类型,收支金额(元)',
    '`2026-11-22 08:00:00,`4200000000202611220000000001,`收入,`0.01',
    '资金流水总笔数,收入笔数,收入金额',
    '`1,`1,`0.01',
    '',
  ].join('\r\n'),
);

/** The fields of a response that lead to such a bill: the key is encrypted for the merchant. */
export function issueEncryptedBill({ gzip }, context) {
  const { merchant, headers } = context;
  // The documents' nonce has 16 characters, too.
  const nonce = randomText(ALPHANUMERICS, 16);
  const token = billToken({ nonce }, context);
  return {
    // That of the bill, decrypted and out of its gzip.
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(BILL).digest('hex'),
    download_url: `http://${headers.host}/v3/billdownload/file?token=${token}${gzip ? '&tartype=gzip' : ''}`,
    encrypt_key: encryptField(keyOf(nonce, merchant), merchant.publicKey),
    nonce,
  };
}

/** The file: the tag follows the ciphertext, and there is no associated data. */
export function encryptedBill({ nonce, gzip }, { merchant }) {
  const cipher = createCipheriv('aes-256-gcm', keyOf(nonce, merchant), nonce);
  const plain = gzip ? gzipSync(BILL) : BILL;
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

// Made of the nonce, so that nothing is remembered: 32 characters of ASCII.
function keyOf(nonce, { preSignSecret }) {
  return createHmac('sha256', preSignSecret).update(`bill key ${nonce}`).digest('hex').slice(0, 32);
}
