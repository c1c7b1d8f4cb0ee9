// node serve-on-free-port.mjs FILE: runs a server that reads PORT, and takes 0 for none given.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

if (!Number(process.env.PORT)) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  process.env.PORT = String(probe.address().port);
  probe.close();
  await once(probe, 'close');
}
await import(pathToFileURL(resolve(process.argv[2])));
