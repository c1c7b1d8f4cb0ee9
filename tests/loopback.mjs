// Servers of the tests' own.
import { once } from 'node:events';

/** Starts a server on loopback, at a port that is free. Gives its `url`, and `close()`. */
export async function onLoopback(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.close();
      // Of HTTP; others have none that are kept open.
      server.closeAllConnections?.();
      await once(server, 'close');
    },
  };
}
