// Starts the tests' own servers.
import { once } from 'node:events';

/** Starts a server on loopback, on a free port. Returns its `url` and `close()`. */
export async function onLoopback(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.close();
      // HTTP servers have this method; other servers keep no idle connections.
      server.closeAllConnections?.();
      await once(server, 'close');
    },
  };
}
