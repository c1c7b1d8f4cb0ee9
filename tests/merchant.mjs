// The merchant of the tests: its options, with the committed keys.
import { readFileSync } from 'node:fs';

/** Reads a committed key by its file name, as text. */
export const key = (name) => keyBytes(name).toString();

/** Reads a committed key as bytes, for DER files. */
export const keyBytes = (name) => readFileSync(new URL(`keys/${name}`, import.meta.url));

/** The id of WeChat Pay's public key. */
export const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';

/** The options that every client needs. */
export const merchant = {
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: key('merchant.pkcs8.pem'),
  certs: { [publicKeyId]: key('wechatpay.spki.pem') },
};
