// Makes certificates with any subject and validity. node:crypto reads certificates, but makes none; those of
// the sandbox name nobody.

import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

const ALGORITHM = der(0x30, der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const COMMON_NAME = Buffer.from('550403', 'hex');
const ORGANIZATION = Buffer.from('55040a', 'hex');

/**
 * A self-signed certificate in PEM.
 *
 * @param {{ privateKey: string, serial: string, name: string, from?: Date, to?: Date }} of `name` is the
 * subject's common name
 */
export function madeCertificate({ privateKey, serial, name, from, to }) {
  const day = 24 * 60 * 60 * 1000;
  const notBefore = from ?? new Date(Date.now() - day);
  const notAfter = to ?? new Date(Date.now() + 365 * day);
  const named = der(0x30, attribute(ORGANIZATION, '微信商户系统'), attribute(COMMON_NAME, name));
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, unsigned(Buffer.from(serial, 'hex'))),
    ALGORITHM,
    named,
    der(0x30, time(notBefore), time(notAfter)),
    named,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, createPrivateKey(privateKey));
  const whole = der(0x30, toBeSigned, ALGORITHM, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g);
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function attribute(kind, text) {
  return der(0x31, der(0x30, der(0x06, kind), der(0x0c, Buffer.from(text))));
}

function unsigned(number) {
  return number[0] < 0x80 ? number : Buffer.concat([Buffer.from([0]), number]);
}

/** GeneralizedTime. */
function time(date) {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
