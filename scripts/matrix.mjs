// npm run matrix: the suite of tests/runtimes in every runtime. What follows `--` is its own to read.

import { join } from 'node:path';
import { node } from '../tests/runtimes/tools.mjs';
import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { main, root, run } from './run.mjs';
import { runtimes, setup } from './setup.mjs';

await main(import.meta.url, async () => {
  await setup();
  await build();
  await pack();
  await runtimes({ withBrowser: true });
  await run(node('24'), [join(root, 'tests/runtimes/run.mjs'), ...process.argv.slice(2)]);
});
