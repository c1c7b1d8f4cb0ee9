// node bench/blinding.mjs
//
// Measures what blinding costs. It compares the package with a build of the same source without
// blinding, in one interleaved run, for each kernel that Node 24 has on this machine.
// Run `npm run bench -- --quick` first: it installs what this program needs.

import { fileURLToPath } from 'node:url';
import { json } from '../tests/runtimes/child.mjs';
import { buildBlinded, buildUnblinded } from './builds.mjs';
import { connection } from './connection.mjs';
import { BLINDED, UNBLINDED } from './contestants/names.mjs';
import { asText, machine } from './machine.mjs';
import { nodes } from './runtimes.mjs';
import { rowsOf } from './statistics.mjs';
import { cellsOf, text } from './table.mjs';

const given = {
  entries: { [BLINDED]: await buildBlinded(), [UNBLINDED]: await buildUnblinded() },
  connection,
  plan: { rounds: 200, batch: 15, warmUp: 600 },
};
const [{ runtime, program }] = nodes;
const groups = await json(program, ['hosts/blinding.mjs', JSON.stringify(given)], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
});
console.log(`\n${asText(await machine())}, ${runtime}`);
for (const { kernel, times } of groups) {
  const rows = rowsOf(times, UNBLINDED);
  console.log(`\nappLaunchParams(), ${kernel}\n${text(cellsOf({ rows }, { unit: 'ms' }))}`);
}
