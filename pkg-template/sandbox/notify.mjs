import http from 'node:http';
import https from 'node:https';

/** The time limit for the receiver's response, in milliseconds (doc 4014591539). */
const TIMEOUT = 5_000;

/** How much of the receiver's response is returned, in bytes. */
const RESPONSE_LIMIT = 1024 * 1024;

/**
 * Posts a notification once, as WeChat Pay does. It follows no redirect.
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
    const timer = setTimeout(() => {
      reject(new Error(`no response within ${TIMEOUT / 1000} s: WeChat Pay waits no longer`));
      sent.destroy();
    }, TIMEOUT);
    sent.once('close', () => clearTimeout(timer));
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
