import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';

/**
 * The same merchant again: with a file, a sandbox has the number, the keys and the identifiers of the
 * one that wrote it, so that its orders, and the options of its clients, stay valid.
 *
 * @template {object} Merchant
 * @param {Merchant} made a new merchant
 * @param {{ get: (key: string) => unknown, set: (key: string, value: unknown) => void }} table
 * @returns {Merchant} what the table has of it
 */
export function keptMerchant(made, table) {
  made.certificates?.keepIn(table);
  const kept = Object.entries(made).map(([name, value]) => {
    const stored = table.get(name);
    if (stored !== undefined) return [name, read(stored)];
    const written = write(value);
    if (written !== undefined) table.set(name, written);
    return [name, value];
  });
  return Object.freeze(Object.fromEntries(kept));
}

function write(value) {
  if (typeof value === 'string') return { text: value };
  if (Buffer.isBuffer(value)) return { bytes: value.toString('base64') };
  if (!(value instanceof KeyObject)) return undefined;
  return value.type === 'private'
    ? { privateKey: value.export({ type: 'pkcs8', format: 'pem' }) }
    : { publicKey: value.export({ type: 'spki', format: 'pem' }) };
}

function read({ text, bytes, privateKey, publicKey }) {
  if (text !== undefined) return text;
  if (bytes !== undefined) return Buffer.from(bytes, 'base64');
  return privateKey === undefined ? createPublicKey(publicKey) : createPrivateKey(privateKey);
}
