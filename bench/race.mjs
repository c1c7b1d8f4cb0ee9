// node bench/race.mjs one.wasm other.wasm …
//
// Compares builds of the fused kernel (`src/rsa/fused_module.rs`), by turns and with the operands
// of one key. It prints ratios to the first build: whether a change of the source or of its
// compilation makes the kernel faster. All builds have to compute the same result. It needs a Node
// with relaxed SIMD. Run `npm run bench -- --quick` first: it installs what this program needs.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildBlinded } from './builds.mjs';
import { connection } from './connection.mjs';
import { interleave } from './interleave.mjs';
import { fusedKernel, kernels, OPERANDS } from './kernels.mjs';
import { asText, machine } from './machine.mjs';
import { rowsOf } from './statistics.mjs';
import { cellsOf, text } from './table.mjs';

const files = process.argv.slice(2);
if (files.length < 2) throw new Error('Name two or more builds of the kernel, as Wasm files.');

// The operands of a signature, as the package passes them to the kernel.
const entry = await buildBlinded();
const fma = (await kernels(entry)).find(({ name }) => name === 'FMA');
if (!fma) throw new Error(`Node ${process.version} has no fused multiply-add on this machine.`);
const { certificate, ...options } = connection;
fma.open(options);
const { first } = await fusedKernel(entry);
const given = first.subarray(0, OPERANDS.powers);

async function contestant(file) {
  const module = new WebAssembly.Module(await readFile(file));
  const { memory, operands, powers } = new WebAssembly.Instance(module).exports;
  const place = operands();
  const compute = () => {
    new Uint8Array(memory.buffer).set(given, place);
    powers();
  };
  const batch = (count) => {
    for (let turn = 0; turn < count; turn += 1) compute();
  };
  compute();
  const result = Buffer.from(memory.buffer.slice(place + OPERANDS.powers, place + OPERANDS.end));
  return { name: basename(file), batch, result };
}

const contestants = await Promise.all(files.map(contestant));
const wrong = contestants.find(({ result }) => !result.equals(contestants[0].result));
if (wrong) throw new Error(`${wrong.name} and ${contestants[0].name} compute different results.`);

const times = await interleave(contestants, { rounds: 300, batch: 10, warmUp: 600 });
const rows = rowsOf(times, contestants[0].name);
console.log(`\n${asText(await machine())}, Node ${process.version}`);
console.log(`Both powers of a signature\n${text(cellsOf({ rows }, { unit: 'ms' }))}`);
