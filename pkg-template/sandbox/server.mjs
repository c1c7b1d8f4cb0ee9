import { createServer } from 'node:http';
import { check } from './check.mjs';
import { secondsOf } from './clock.mjs';
import { bodyLimitOf } from './request-body.mjs';
import { makeResponse } from './response.mjs';
import { signerOf } from './signer.mjs';
import { signedAt, tamper } from './tampering.mjs';

/** Nothing outside this machine can reach the sandbox. */
const LOOPBACK = '127.0.0.1';

/**
 * Listens on loopback and responses.
 *
 * @param {number} port 0 for a free one
 * @param {{ clock: () => number, faults: object, merchant: object, contracts: object,
 *   nonces: object, requests: object }} sandbox
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startServer(port, sandbox) {
  const server = createServer((request, response) => {
    // What fails here is a fault of the sandbox's own, and must not end whoever runs it.
    respond(request, response, sandbox).catch((error) => response.destroy(error));
  });
  // A process that signs many calls at once stands still for seconds; a connection that closes itself
  // meanwhile would fail the call that takes it up again. `close` ends them all.
  server.keepAliveTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  let closed;
  return {
    url: `http://${LOOPBACK}:${server.address().port}`,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        // Idle keep-alive connections would hold the process for seconds, active ones for minutes.
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function respond(request, response, sandbox) {
  const received = await receive(request);
  if (received === undefined) return;
  const call = { ...describe(request), ...received };
  const { faults, refusal } = sandbox.faults.of(call);
  const { outcome, now } = decide(call, refusal, sandbox);
  sandbox.requests.add(call, outcome, faults);
  if (faults.delay > 0) await pause(faults.delay);
  if (faults.drop) {
    request.socket.destroy();
    return;
  }
  const signed = makeResponse(outcome, signerOf(call, sandbox.merchant), signedAt(now, faults));
  const { status, headers, body } = tamper(signed, faults);
  response.writeHead(status, headers).end(body);
}

/** The server holds the process while it listens; what still waits when it is closed does not. */
function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/**
 * Reads the body to its end and keeps at most the limit. What is over it is read too, or the caller
 * would see a connection reset in place of the response.
 *
 * @returns the body, or undefined where the caller went away before its end
 */
async function receive(request) {
  const limit = bodyLimitOf(request.headers);
  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      if (length < limit) chunks.push(chunk.subarray(0, limit - length));
      length += chunk.length;
    }
  } catch {
    return undefined;
  }
  return { body: Buffer.concat(chunks), tooLarge: length > limit };
}

function describe({ method, url, rawHeaders }) {
  // Not request.headers: it drops the second of two Authorization headers. Nor headersDistinct:
  // older versions of Node.js throw where a header is named __proto__ or constructor.
  const headers = Object.create(null);
  const authorization = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index].toLowerCase();
    const value = rawHeaders[index + 1];
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
    if (name === 'authorization') authorization.push(value);
  }
  return { method, url, headers, authorization };
}

function decide(call, refusal, { clock, merchant, contracts, nonces }) {
  try {
    const now = secondsOf(clock);
    return { now, outcome: check(call, { merchant, contracts, nonces, now, refusal }) };
  } catch (error) {
    // A fault of the sandbox, or of the clock that it was given, is not the call's: it is told
    // apart by its code, and its cause stands in `requests`.
    const body = { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' };
    const reason = `the sandbox failed: ${error?.message ?? error}`;
    return {
      now: secondsOf(Date.now),
      outcome: { status: 500, code: body.code, body, reason, headers: {}, message: undefined },
    };
  }
}
