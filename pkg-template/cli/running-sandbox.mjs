import { readFileSync } from 'node:fs';
import http from 'node:http';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { inReadersWords } from './sandbox-words.mjs';

const VARIABLE = 'WECHATPAY_BASE_URL';

/** The files of the working directory that may name the sandbox, as `--write-env` writes it. */
const FILES = ['.env', '.dev.vars'];

/** The largest response that is read, in bytes. */
const LIMIT = 16 * 1024 * 1024;

/** How long a sandbox may take to say who it is, in milliseconds. */
const TIMEOUT = 5_000;

/** The option of each command that needs a sandbox which runs. */
export const SANDBOX_OPTION = { sandbox: { type: 'string' } };

/**
 * Finds a sandbox that runs on this machine, and opens its control API.
 *
 * @param {string | undefined} given its URL
 * @returns {Promise<{ url: string, post: (action: string, body: object) => Promise<any>,
 *   stream: (action: string, body: object, options: { signal: AbortSignal,
 *     onEvent: (name: string, data: any) => void }) => Promise<void> }>} `stream` resolves when the sandbox
 *   ends it, or the signal
 * @throws {Failure} with what to do
 */
export async function openSandbox(given) {
  const { url, from } = locate(given);
  const { hostname, protocol } = URL.canParse(url) ? new URL(url) : {};
  // No request goes to WeChat Pay, or wherever else a base URL leads.
  if (protocol !== 'http:') {
    throw new UsageError(told('no-sandbox-url', { from }));
  }
  const ask = (method, action, options) =>
    request(new URL(`/-/${action}`, url), { method, ...options }).catch((error) => {
      throw new Failure(
        told('sandbox-silent', {
          host: `${hostname}:${new URL(url).port}`,
          problem: error.code ?? inReadersWords(error.message),
        }),
      );
    });
  const session = await ask('GET', 'session', { timeout: TIMEOUT }).then(read);
  if (session.status !== 200 || typeof session.value?.token !== 'string') {
    throw new Failure(told('no-control', { url, why: reasonOf(session) }));
  }
  const { token } = session.value;
  const opened = async (action, body, signal) => {
    const response = await ask('POST', action, { token, body, signal });
    if (response.statusCode === 200) return response;
    throw new Failure(told('refuses', { why: reasonOf(await read(response)) }));
  };
  return {
    url,
    post: async (action, body) => (await read(await opened(action, body))).value,
    stream: async (action, body, { signal, onEvent }) =>
      readEvents(await opened(action, body, signal), onEvent),
  };
}

function reasonOf({ value, status }) {
  const { message } = value ?? {};
  return typeof message === 'string' ? inReadersWords(message) : told('answers', { status });
}

function locate(given) {
  if (given !== undefined) return { url: given, from: '--sandbox' };
  const inEnvironment = process.env[VARIABLE];
  if (inEnvironment) return { url: inEnvironment, from: VARIABLE };
  for (const file of FILES) {
    const url = variableIn(file);
    if (url !== undefined) return { url, from: told('variable-in', { variable: VARIABLE, file }) };
  }
  const files = FILES.join(told('or'));
  throw new UsageError(told('which-sandbox', { variable: VARIABLE, files }));
}

function variableIn(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [line] = text.match(new RegExp(`^(?:export )?${VARIABLE}=.*$`, 'm')) ?? [];
  const value = line?.slice(line.indexOf('=') + 1).trim();
  return value?.replace(/^(["'])(.*)\1$/, '$2') || undefined;
}

// Not fetch: a connection of its own each time, and no limit for how long a stream is open.
function request(url, { method, token, body, timeout = 0, signal }) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, {
      method,
      agent: false,
      signal,
      headers: {
        Accept: 'application/json',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { 'Sandbox-Token': token }),
      },
    });
    sent.setTimeout(timeout, () => sent.destroy(new Error('it does not answer')));
    sent.once('response', resolve);
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

async function read(response) {
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) {
    text += part;
    if (text.length > LIMIT) break;
  }
  return { status: response.statusCode, value: parse(text) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Server-sent events, as the sandbox writes them: one line of data each. */
async function readEvents(response, onEvent) {
  let rest = '';
  response.setEncoding('utf8');
  try {
    for await (const part of response) {
      const events = (rest + part).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const [, name, data] = event.match(/^event: (.*)\ndata: (.*)$/m) ?? [];
        if (name !== undefined) onEvent(name, parse(data));
      }
    }
  } catch (error) {
    // That is how a sandbox that was stopped ends it, and how the signal does.
    if (error.code !== 'ECONNRESET' && error.code !== 'ABORT_ERR') throw error;
  }
}
