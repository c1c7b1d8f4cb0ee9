// node bench/blinding.mjs
//
// What blinding costs: the package beside one that was built of the same tree with its blinding left out, in
// one interleaved run, for each kernel that Node 24 has here. `npm run bench` has installed what it needs.

import { fileURLToPath } from 'node:url';
import { json } from '../tests/runtimes/child.mjs';
import { buildBlinded, buildUnblinded } from './builds.mjs';
import { connection } from './connection.mjs';
import { BLINDED, UNBLINDED } from './contestants/names.mjs';
import { inWords, machine } from './machine.mjs';
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
console.log(`\n${inWords(await machine())}, ${runtime}`);
for (const { kernel, times } of groups) {
  const rows = rowsOf(times, UNBLINDED);
  console.log(`\nappLaunchParams(), ${kernel}\n${text(cellsOf({ rows }, { unit: 'ms' }))}`);
}
