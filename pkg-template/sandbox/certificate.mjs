import { randomBytes, sign } from 'node:crypto';

// The DER tags and object identifiers that this certificate needs (X.690; RFC 5280, section 4.1).
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;

/** sha256WithRSAEncryption: 1.2.840.113549.1.1.11 */
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex');
/** commonName: 2.5.4.3 */
const COMMON_NAME = Buffer.from('550403', 'hex');

/**
 * Makes a self-signed X.509 certificate, version 3. node:crypto can read certificates but not make
 * them.
 *
 * @param {{ publicKey: import('node:crypto').KeyObject,
 *   privateKey: import('node:crypto').KeyObject }} keys
 * @param {{ notBefore: number, notAfter: number }} validity seconds since 1970
 * @returns {{ serialNo: string, pem: string }} the serial number as WeChat Pay writes it: 40
 *   upper-case hexadecimal digits
 */
export function makeCertificate({ publicKey, privateKey }, { notBefore, notAfter }) {
  const serial = randomBytes(20);
  // A positive number without a leading zero byte has 20 bytes in every encoding.
  serial[0] = (serial[0] & 0x3f) | 0x40;
  const algorithm = der(SEQUENCE, der(OBJECT_IDENTIFIER, SHA256_WITH_RSA), der(NULL));
  const name = nameOf('wechatpay-wasm sandbox');
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('RSA-SHA256', toBeSigned, privateKey);
  const certificate = der(
    SEQUENCE,
    toBeSigned,
    algorithm,
    der(BIT_STRING, Buffer.from([0]), signature),
  );
  return { serialNo: serial.toString('hex').toUpperCase(), pem: toPem(certificate) };
}

function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

function lengthOf({ length }) {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100
    ? Buffer.from([0x81, length])
    : Buffer.from([0x82, length >> 8, length & 0xff]);
}

function nameOf(text) {
  const commonName = der(UTF8_STRING, Buffer.from(text));
  return der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_IDENTIFIER, COMMON_NAME), commonName)));
}

/** The year has two digits up to 2049, and four from 2050 on (RFC 5280, section 4.1.2.5). */
function time(seconds) {
  const date = new Date(seconds * 1000);
  const digits = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050
    ? der(UTC_TIME, Buffer.from(digits.slice(2)))
    : der(GENERALIZED_TIME, Buffer.from(digits));
}

function toPem(certificate) {
  const lines = certificate.toString('base64').match(/.{1,64}/g);
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
