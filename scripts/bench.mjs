// npm run bench: the packed package against node:crypto, WebCrypto and the other SDKs. What follows `--`
// is read by bench/options.mjs.

import { join } from 'node:path';
import { help, optionsOf } from '../bench/options.mjs';
import { node } from '../tests/runtimes/tools.mjs';
import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { Failure, main, root, run } from './run.mjs';
import { runtimes, setup } from './setup.mjs';

await main(import.meta.url, async () => {
  if (options().help) return console.log(help);
  await setup();
  await build();
  await pack(['bench']);
  await runtimes();
  // Of the Nodes the one that Miniflare runs in as well.
  await run(node('24'), [join(root, 'bench/run.mjs'), ...process.argv.slice(2)]);
});

// The run reads them itself; here, so that a misspelt one is told before anything is installed.
function options() {
  try {
    return optionsOf(process.argv.slice(2));
  } catch ({ message }) {
    throw new Failure(`${message}\n\n${help}`);
  }
}
