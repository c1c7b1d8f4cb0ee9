// Stands between an example and the sandbox, and shows whether a call that nobody waits for any more
// is ended.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

import { onLoopback } from '../loopback.mjs';

/** Opens it on loopback. What it is asked goes to `target`, except while it holds calls. */
export async function openTamperingProxy(target) {
  let held;
  const server = createServer((incoming, response) => {
    if (held) return held(once(response, 'close'));
    const { method, headers, url } = incoming;
    const outgoing = request(`${target}${url}`, { method, headers }, (upstream) => {
      response.writeHead(upstream.statusCode, upstream.rawHeaders);
      upstream.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  return {
    ...(await onLoopback(server)),
    /** Leaves the next call without a response: comes back when it is there, with what waits for its end. */
    hold() {
      return new Promise((resolve) => {
        held = (end) => {
          held = undefined;
          // In an object: a promise that is resolved with a promise waits for it.
          resolve({ end });
        };
      });
    },
  };
}
