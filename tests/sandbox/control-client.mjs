// Drives a running sandbox by its control API, as another process does.
import http from 'node:http';

/**
 * Sends a request to the control API, or for the page.
 *
 * @param {{ url: string }} sandbox
 * @param {string} path
 * @param {{ method?: string, json?: unknown, body?: string, headers?: Record<string, string> }} [request]
 */
export function control(sandbox, path, request = {}) {
  const { method = 'GET', json, headers = {} } = request;
  const body = request.body ?? (json === undefined ? '' : JSON.stringify(json));
  return new Promise((resolve, reject) => {
    const sent = http.request(
      sandbox.url,
      {
        method,
        path,
        agent: false,
        headers: { 'Content-Length': Buffer.byteLength(body), ...headers },
      },
      async (response) => {
        const chunks = await response.toArray();
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status, headers: received } = response;
        resolve({
          status,
          headers: received,
          text,
          get json() {
            return JSON.parse(text);
          },
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Posts a change with the token of the session. */
export async function change(sandbox, name, json = {}) {
  const { token } = (await control(sandbox, '/-/session')).json;
  const headers = { 'Sandbox-Token': token };
  return control(sandbox, `/-/${name}`, { method: 'POST', json, headers });
}

/** What `/-/state` says. */
export async function stateOf(sandbox) {
  return (await control(sandbox, '/-/state')).json;
}

/**
 * Opens the event stream.
 *
 * @returns {Promise<{ status: number, headers: object, messages: { event: string, data: object }[],
 *   close: () => void }>} `messages` grows
 */
export function watch(sandbox) {
  return new Promise((resolve, reject) => {
    const sent = http.get(`${sandbox.url}/-/events`, { agent: false }, (response) => {
      const messages = [];
      let text = '';
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (chunk) => {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop();
        for (const block of blocks) {
          const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
          if (event !== undefined) messages.push({ event, data: JSON.parse(data) });
        }
      });
      const { statusCode: status, headers } = response;
      resolve({ status, headers, messages, close: () => sent.destroy() });
    });
    sent.on('error', reject);
  });
}
