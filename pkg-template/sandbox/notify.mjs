import http from 'node:http';
import https from 'node:https';

/** Milliseconds within which a receiver has to have responded (doc 4014591539). */
const PATIENCE = 5_000;

/** How much of the receiver's response is kept, in bytes. */
const RESPONSE_LIMIT = 1024 * 1024;

/**
 * Posts a notification, as WeChat Pay does: once, and to this URL alone, since it follows no redirect.
 *
 * @param {string | URL} url
 * @param {import('../sandbox.d.ts').SandboxNotification} notification
 * @param {AbortSignal} signal
 * @returns {Promise<import('../sandbox.d.ts').SandboxReceipt>}
 */
export function postNotification(url, { headers, body }, signal) {
  const target = parseUrl(url);
  const { request } = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(target, {
      method: 'POST',
      agent: false,
      signal,
      headers: {
        ...headers,
        Accept: '*/*',
        'User-Agent': 'Mozilla/4.0',
        'Content-Length': Buffer.byteLength(body),
      },
    });
    const late = setTimeout(() => {
      reject(new Error(`no response within ${PATIENCE / 1000} s: WeChat Pay waits no longer`));
      sent.destroy();
    }, PATIENCE);
    sent.once('close', () => clearTimeout(late));
    sent.on('error', reject);
    sent.on('response', (response) => read(response).then(resolve, reject));
    sent.end(body);
  });
}

function parseUrl(url) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError('sandbox.notify: the URL must be one of http or https');
  }
  return parsed;
}

async function read(response) {
  const chunks = [];
  let length = 0;
  for await (const chunk of response) {
    if (length < RESPONSE_LIMIT) chunks.push(chunk.subarray(0, RESPONSE_LIMIT - length));
    length += chunk.length;
  }
  return { status: response.statusCode, body: Buffer.concat(chunks).toString() };
}
