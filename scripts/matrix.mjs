// npm run matrix: the suite of tests/runtimes in every runtime. What follows `--` is its own to read.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { node } from '../tests/runtimes/tools.mjs';
import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { Failure, main, root, run } from './run.mjs';
import { runtimes, setup } from './setup.mjs';

await main(import.meta.url, async () => {
  checkOptions();
  await setup();
  await build();
  await pack();
  await runtimes({ withBrowser: true });
  await run(node('24'), [join(root, 'tests/runtimes/run.mjs'), ...process.argv.slice(2)]);
});

// The run reads them itself; here, so that a misspelt one is told before anything is installed.
function checkOptions() {
  try {
    parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean' } } });
  } catch ({ message }) {
    throw new Failure(`${message}\n\nnpm run matrix -- [--only <text>] [--write]`);
  }
}
