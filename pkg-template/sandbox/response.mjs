import { signedHeaders } from './signed-headers.mjs';

/**
 * Makes a response: the bytes of its body and its headers, signature among them. Every response is
 * signed, errors included, so that a client's check of both can be seen to work. (The documents say
 * that all responses are signed; developers have seen WeChat Pay refuse an Authorization unsigned.)
 *
 * A file is the exception: nobody signs it, since a signed response gave its hash.
 *
 * @param {{ status: number, body: object, file?: Buffer, headers: Record<string, string> }} outcome
 * @param {{ id: string, privateKey: import('node:crypto').KeyObject }} signer
 * @param {number} now seconds
 */
export function makeResponse({ status, body: content, file, headers }, signer, now) {
  const body = file ?? Buffer.from(JSON.stringify(content));
  return {
    status,
    body,
    headers: {
      ...headers,
      // The sandbox's clock and not the machine's: the two may differ.
      Date: new Date(now * 1000).toUTCString(),
      'Content-Type': file ? 'application/octet-stream' : 'application/json; charset=utf-8',
      'Content-Length': String(body.length),
      ...(file ? {} : signedHeaders(body, signer, now)),
    },
  };
}
