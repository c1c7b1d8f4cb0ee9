import { constants, createHash, publicDecrypt, verify } from 'node:crypto';
import { signedCandidates } from './signed-candidates.mjs';

/** How DigestInfo (RFC 8017, section 9.2) begins for each hash that somebody may have signed. */
const DIGEST_INFOS = [
  ['SHA-256', '3031300d060960864801650304020105000420'],
  ['SHA-1', '3021300906052b0e03021a05000414'],
  ['MD5', '3020300c06082a864886f70d020505000410'],
  ['SHA-384', '3041300d060960864801650304020205000430'],
  ['SHA-512', '3051300d060960864801650304020305000440'],
];

/** How the bytes of a signature may be written: the right way first. */
const ENCODINGS = [
  ['base64', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, ''],
  ['hex', /^(?:[\da-fA-F]{2})+$/, 'is in hexadecimal, not in base64'],
  ['base64url', /^[\w-]+={0,2}$/, 'is in base64url, not in base64'],
  ['base64', /^[A-Za-z0-9+/=\s]+$/, 'has spaces in its base64, or not the padding of base64'],
];

/**
 * Looks for the mistake behind a wrong signature. A signature does not tell what was signed, but with the
 * merchant's public key it gives the hash of it. That is compared with the hashes of the strings that the
 * usual mistakes give.
 *
 * @param {{ method: string, url: string, headers: Record<string, string>, body: Buffer }} call `body` is
 *   what the signature has to cover
 * @param {Buffer} received the whole body: an upload has more than what is signed
 * @param {{ signature: string, timestamp: string, nonce_str: string }} fields of Authorization
 * @param {{ message: Buffer, publicKey: import('node:crypto').KeyObject }} expected
 * @returns {{ signedMessage: Buffer | undefined, mistake: string, clauses: string[] }} the string that was
 *   signed, if it was found; what is wrong with the signature; and the same one by one, for whoever says it in
 *   another language
 */
export function findMistake(call, received, fields, { message, publicKey }) {
  const { written, hash, digest, bytes } = decode(fields.signature, publicKey);
  if (digest === undefined) {
    const isPss = bytes?.some((each) => isSignedWithPss(publicKey, message, each));
    const clause = isPss ? PSS : OTHER_KEY;
    return { signedMessage: undefined, mistake: `it ${clause}`, clauses: [clause] };
  }
  const isSigned = (candidate) => createHash(hash).update(candidate).digest().equals(digest);
  const [signedMessage, wrong] = firstOf(
    signedCandidates(call, received, fields, message),
    isSigned,
  ) ?? [undefined, []];
  const otherHash = hash === 'SHA-256' ? '' : `is made with ${hash}, not with SHA-256`;
  const unknown = signedMessage === undefined ? UNKNOWN : '';
  const before = [written, otherHash, unknown].filter((clause) => clause !== '');
  const signs = wrong.length === 0 ? [] : [`signs the string ${wrong.join(' and ')}`];
  const mistake = `it ${[...before, ...signs].join(', and ')}`;
  return { signedMessage, mistake, clauses: [...before, ...wrong] };
}

const PSS = 'is one of RSASSA-PSS, not of RSASSA-PKCS1-v1_5';
const UNKNOWN = 'signs a string that no usual mistake gives';
const OTHER_KEY = "was not made with this merchant's private key";

function firstOf(candidates, isSigned) {
  for (const candidate of candidates) if (isSigned(candidate[0])) return candidate;
  return undefined;
}

function decode(text, publicKey) {
  const readings = ENCODINGS.filter(([, pattern]) => pattern.test(text)).map(
    ([encoding, , written]) => ({ written, bytes: Buffer.from(text, encoding) }),
  );
  for (const { written, bytes } of readings) {
    const signed = hashIn(bytes, publicKey);
    if (signed !== undefined) return { written, ...signed };
  }
  return { bytes: readings.map(({ bytes }) => bytes) };
}

/** The hash that a signature of RSASSA-PKCS1-v1_5 has in it; undefined if it is none of this key. */
function hashIn(bytes, publicKey) {
  let block;
  try {
    block = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, bytes);
  } catch {
    return undefined;
  }
  const [, info] = /^0001(?:ff){8,}00([\da-f]+)$/.exec(block.toString('hex')) ?? [];
  const found = DIGEST_INFOS.find(([, prefix]) => info?.startsWith(prefix));
  if (found === undefined) return undefined;
  const [hash, prefix] = found;
  return { hash, digest: Buffer.from(info.slice(prefix.length), 'hex') };
}

function isSignedWithPss(key, message, signature) {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_AUTO;
  return verify('sha256', message, { key, padding, saltLength }, signature);
}
