// A merchant's server that receives notifications, on loopback.
import { createServer } from 'node:http';

import { onLoopback } from '../loopback.mjs';

/**
 * @param {(request: { headers: object, body: string }, count: number) => number | Promise<number>} handle
 *   gives the status of the response; `count` is that of the requests so far
 * @returns {Promise<{ url: string, requests: object[], close: () => Promise<void> }>}
 */
export async function receiver(handle = () => 204) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { headers } = request;
    const received = { headers, body: Buffer.concat(chunks).toString() };
    requests.push(received);
    response.writeHead(await handle(received, requests.length)).end();
  });
  const { url, close } = await onLoopback(server);
  return { url: `${url}/notify`, requests, close };
}

/** Waits until `isTrue` holds, for five seconds at most. */
export async function until(isTrue) {
  const end = Date.now() + 5_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`it did not come to hold: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
