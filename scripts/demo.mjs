// npm run demo: from a fresh clone to one pre-signed contract, against the sandbox on loopback.

import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { main, run } from './run.mjs';
import { setup } from './setup.mjs';

await main(import.meta.url, async () => {
  await setup();
  await build();
  await pack();
  console.log();
  await run(process.execPath, ['examples-node/pre-entrust-sign-app.mjs']);
});
