// Signs requests and verifies responses by hand, with node:crypto only. The tests of the sandbox
// use neither the client's code nor the sandbox's.
import assert from 'node:assert/strict';
import { randomBytes, sign, verify } from 'node:crypto';
import http from 'node:http';

export const PATH = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
export const CONTRACT = { appid: 'wxd678efh567h23787', out_contract_code: 'APPLYMENT_00000000001' };

/**
 * Signs a request as a merchant does, and sends it. A test can replace any part by a wrong one.
 *
 * @param {object} sandbox
 * @param {object} [request]
 * @param {string} [request.method]
 * @param {string} [request.path] path and query
 * @param {unknown} [request.json] the body, to be serialised
 * @param {string | Buffer} [request.body] the body itself, in place of `json`
 * @param {string | Buffer} [request.sentBody] what is sent in place of the body that was signed
 * @param {string} [request.sentPath] what is sent in place of the path that was signed
 * @param {string} [request.privateKey]
 * @param {Record<string, string | undefined>} [request.fields] Authorization fields to replace
 *   before signing, or to leave out where undefined
 * @param {(header: string) => string | string[] | undefined} [request.authorization] changes the
 *   finished header; two values are two headers
 * @param {Record<string, string | undefined>} [request.headers] to replace, or to leave out
 * @param {http.Agent} [request.agent] keeps connections; without it, each request has its own
 */
export function send(sandbox, request = {}) {
  const { method = 'POST', path = PATH, json = CONTRACT, headers = {} } = request;
  const body = Buffer.from(request.body ?? (method === 'GET' ? '' : JSON.stringify(json)));
  const header = authorize(sandbox, { ...request, method, path, body });
  return exchange(sandbox, {
    method,
    path: request.sentPath ?? path,
    body: Buffer.from(request.sentBody ?? body),
    agent: request.agent,
    headers: {
      Accept: 'application/json',
      'Content-Type': body.length > 0 ? 'application/json' : undefined,
      'User-Agent': 'sandbox-test/1.0',
      // Without this header a platform certificate signs the response.
      'Wechatpay-Serial': Object.keys(sandbox.options.certs ?? {})[0],
      Authorization: request.authorization ? request.authorization(header) : header,
      ...headers,
    },
  });
}

/** The Authorization header of a request. */
export function authorize(sandbox, { method, path, body, privateKey, fields = {} }) {
  const { options } = sandbox;
  const all = {
    mchid: options.mchid,
    nonce_str: randomBytes(16).toString('hex'),
    signature: '',
    timestamp: String(Math.floor(Date.now() / 1000)),
    serial_no: options.serial,
    ...fields,
  };
  const message = Buffer.concat([
    Buffer.from(`${method}\n${path}\n${all.timestamp}\n${all.nonce_str}\n`),
    body,
    Buffer.from('\n'),
  ]);
  if (!('signature' in fields)) {
    all.signature = sign('sha256', message, privateKey ?? options.privateKey).toString('base64');
  }
  const written = Object.entries(all).filter(([, value]) => value !== undefined);
  return `${SCHEME} ${written.map(([name, value]) => `${name}="${value}"`).join(',')}`;
}

/** Sends a request as it is, and collects the raw bytes of the response. */
export function exchange(sandbox, { method, path, body, headers, agent = false }) {
  return new Promise((resolve, reject) => {
    // Content-Length is always set, since node:http would not send a body with DELETE or OPTIONS
    // otherwise.
    const all = { 'Content-Length': body.length, ...headers };
    const sent = Object.entries(all).filter(([, value]) => value !== undefined);
    const request = http.request(
      sandbox.url,
      { method, path, headers: Object.fromEntries(sent), agent },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const raw = Buffer.concat(chunks);
          const { statusCode: status, headers: responded } = response;
          resolve({
            status,
            headers: responded,
            raw,
            // Not every response is JSON.
            get json() {
              return JSON.parse(raw);
            },
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Asserts that a response is signed over its raw bytes, by the key that it names. */
export function assertSigned(response, sandbox) {
  const { headers, raw } = response;
  const key = sandbox.options.certs[headers['wechatpay-serial']];
  assert.ok(key, 'the response names a key that is not among certs');
  const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${raw}\n`;
  const signature = Buffer.from(headers['wechatpay-signature'], 'base64');
  assert.ok(verify('sha256', Buffer.from(message), key, signature), 'its signature is not valid');
  assert.equal(headers['wechatpay-signature-type'], SCHEME);
}

/** Asserts a refusal: its status, complete body and signature, and the sandbox's record of it. */
export function assertRefused(response, sandbox, { status, ...body }) {
  assert.equal(response.status, status);
  assert.deepEqual(response.json, body);
  assertSigned(response, sandbox);
  const { ok, reason, ...result } = sandbox.requests.at(-1).result;
  assert.equal(ok, false);
  assert.deepEqual(result, { status, code: body.code });
  assert.ok(reason.length > 0);
}
