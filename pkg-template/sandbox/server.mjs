import { createServer } from 'node:http';
import { problemOfCaller } from './caller.mjs';
import { check } from './check.mjs';
import { secondsOf } from './clock.mjs';
import { bodyLimitOf } from './request-body.mjs';
import { makeResponse } from './response.mjs';
import { signerOf } from './signer.mjs';
import { applyFaults, signedAt } from './tampering.mjs';

/** Where the sandbox is, for programs of its machine. */
const LOOPBACK = '127.0.0.1';

/** Where it can listen: other machines cannot reach the first; in a container, others must reach it. */
export const ADDRESSES = [LOOPBACK, '0.0.0.0'];

/**
 * Listens and responds to calls.
 *
 * @param {number} port 0 for a free one
 * @param {{ address: string, allowedHosts: object[], clock: () => number, faults: object, merchant: object, contracts: object,
 *   nonces: object, money: object, requests: object, responses: object, strict: boolean, control: object,
 *   watching: object }} sandbox
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startServer(port, sandbox) {
  const server = createServer((request, response) => {
    // An error here is a bug of the sandbox. It must not end the process that runs it.
    respond(request, response, sandbox).catch((error) => response.destroy(error));
  });
  // Signing many calls at once can block a process for seconds. If an idle connection timed out
  // meanwhile, the next call on it would fail. `close` ends all connections.
  server.keepAliveTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, sandbox.address, resolve);
  });
  let closed;
  return {
    url: `http://${LOOPBACK}:${server.address().port}`,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        // Otherwise idle connections keep the process alive for seconds, and active ones for
        // minutes.
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function respond(request, response, sandbox) {
  const { localPort } = request.socket;
  const described = describe(request);
  if (sandbox.control.isFor(described)) {
    return sandbox.control.respond(request, response, described);
  }
  const received = await receive(request);
  if (received === undefined) return;
  const problem = problemOfCaller(described.headers, localPort, sandbox.allowedHosts);
  if (problem !== undefined) return refuse(response, problem);
  const call = { ...described, ...received };
  const { faults, refusal } = sandbox.faults.of(call);
  const { outcome, now } = decide(call, refusal, sandbox);
  const record = sandbox.requests.add(call, outcome, faults);
  const made = faults.drop ? undefined : responseTo(call, outcome, { faults, now, sandbox });
  // Whoever watches sees it before the caller does.
  sandbox.watching.request(record, outcome, made);
  if (faults.delay > 0) await pause(faults.delay);
  if (made === undefined) request.socket.destroy();
  else response.writeHead(made.status, made.headers).end(made.body);
}

function responseTo(call, outcome, { faults, now, sandbox }) {
  const signed = makeResponse(outcome, signerOf(call, sandbox.merchant), signedAt(now, faults));
  return applyFaults(signed, faults);
}

/**
 * Responds to a request that is not meant for the sandbox. It uses up nothing, and is no call: it is not
 * in `requests`. What it gets is not signed.
 */
function refuse(response, message) {
  response.writeHead(403, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ code: 'NO_AUTH', message }));
}

/** The timer does not keep the process alive: the server does, until it is closed. */
function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/**
 * Reads the body to its end and stores it up to the limit. The rest is read too, since the caller
 * would otherwise get a connection reset instead of the response.
 *
 * @returns the body; undefined if the caller disconnected before its end
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
  // request.headers drops the second of two Authorization headers. headersDistinct throws in older
  // versions of Node.js if a header is named __proto__ or constructor.
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

function decide(call, refusal, { clock, ...sandbox }) {
  try {
    const now = secondsOf(clock);
    const { merchant, contracts, money, nonces, strict, responses } = sandbox;
    return {
      now,
      // What the call changes is remembered as a whole, before its response is sent.
      outcome: money.atomically(() =>
        check(call, { merchant, contracts, money, nonces, strict, responses, now, refusal }),
      ),
    };
  } catch (error) {
    // The sandbox or its clock failed, not the call. The code of the response shows this, and
    // `requests` contains the cause.
    const body = { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' };
    const reason = `the sandbox failed: ${error?.message ?? error}`;
    return {
      now: secondsOf(Date.now),
      outcome: { status: 500, code: body.code, body, reason, headers: {}, message: undefined },
    };
  }
}
