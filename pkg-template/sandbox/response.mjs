import { signedHeaders } from './signed-headers.mjs';

/**
 * Makes a response: its status, its headers with the signature, and the bytes of its body. Every
 * response is signed, also an error, so that tests cover the client's verification of both. (The
 * documents say that all responses are signed. Developers report that WeChat Pay does not sign the
 * response to a wrong Authorization.)
 *
 * A file is the exception. It is not signed, since a signed response contained its hash.
 *
 * @param {{ status: number, body: object, file?: Buffer, headers: Record<string, string> }} outcome
 * @param {{ id: string, privateKey: import('node:crypto').KeyObject }} signer
 * @param {number} now seconds
 */
export function makeResponse({ status, body: content, file, headers }, signer, now) {
  // 204 has no body. Its signature covers the empty text.
  const empty = content === undefined && file === undefined;
  const body = file ?? Buffer.from(empty ? '' : JSON.stringify(content));
  return {
    status,
    body,
    headers: {
      ...headers,
      // The sandbox's clock, which may differ from the machine's.
      Date: new Date(now * 1000).toUTCString(),
      ...(empty
        ? {}
        : {
            'Content-Type': file ? 'application/octet-stream' : 'application/json; charset=utf-8',
            'Content-Length': String(body.length),
          }),
      ...(file ? {} : signedHeaders(body, signer, now)),
    },
  };
}
