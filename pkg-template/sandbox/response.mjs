import { signedHeaders } from './signed-headers.mjs';

/**
 * Makes a response: its status, its headers with the signature, and the bytes of its body. Every
 * response is signed, also an error, so that tests cover the client's verification of both. (The
 * documents say that all responses are signed. Developers report that WeChat Pay does not sign the
 * response to a wrong Authorization.)
 *
 * A file is the exception. It is not signed, since a signed response contained its hash.
 *
 * @param {{ status: number, body?: object, file?: Buffer, mediaType?: string,
 *   headers: Record<string, string> }} outcome
 * @param {{ id: string, privateKey: import('node:crypto').KeyObject }} signer
 * @param {number} now seconds
 */
export function makeResponse(outcome, signer, now) {
  const { status, body: content, file, headers } = outcome;
  const { mediaType = 'application/octet-stream' } = outcome;
  // 204 has none. Its signature covers the empty text.
  const body = file ?? Buffer.from(content === undefined ? '' : JSON.stringify(content));
  const isEmpty = file === undefined && content === undefined;
  return {
    status,
    body,
    headers: {
      ...headers,
      // The sandbox's clock, which may differ from the machine's.
      Date: new Date(now * 1000).toUTCString(),
      ...(!isEmpty && { 'Content-Type': file ? mediaType : 'application/json; charset=utf-8' }),
      ...(status !== 204 && { 'Content-Length': String(body.length) }),
      ...(file ? {} : signedHeaders(body, signer, now)),
    },
  };
}
