// A proxy between an example and the sandbox. It shows whether the example ends a call whose caller
// has gone away.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

import { onLoopback } from '../loopback.mjs';

/** Opens the proxy on loopback. It forwards requests to `target`, except while it holds a call. */
export async function openTamperingProxy(target) {
  let held;
  const server = createServer((incoming, response) => {
    if (held) return held(once(response, 'close'));
    const { method, url } = incoming;
    const headers = { ...incoming.headers, host: new URL(target).host };
    const outgoing = request(`${target}${url}`, { method, headers }, (upstream) => {
      response.writeHead(upstream.statusCode, upstream.rawHeaders);
      upstream.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  return {
    ...(await onLoopback(server)),
    /**
     * Holds the next call: it gets no response. The promise resolves when the call arrives, with
     * `end`, a promise that resolves when its connection closes.
     */
    hold() {
      return new Promise((resolve) => {
        held = (end) => {
          held = undefined;
          // In an object, since a promise that is resolved with a promise would wait for it.
          resolve({ end });
        };
      });
    },
  };
}
