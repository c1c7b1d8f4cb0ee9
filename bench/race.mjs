// node bench/race.mjs one.wasm other.wasm …
//
// Builds of the fused kernel (`src/rsa/fused_module.rs`) by turns, all with the operands of one key, in ratios to
// the first: whether a change of it, or of how it is compiled, is one for the better. Each has to compute the same.
// It wants a Node that has relaxed SIMD, and what `npm run bench` installed.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildBlinded } from './builds.mjs';
import { connection } from './connection.mjs';
import { interleave } from './interleave.mjs';
import { fusedKernel, kernels, OPERANDS } from './kernels.mjs';
import { inWords, machine } from './machine.mjs';
import { rowsOf } from './statistics.mjs';
import { cellsOf, text } from './table.mjs';

const files = process.argv.slice(2);
if (files.length < 2) throw new Error('two builds of the kernel or more, as Wasm files');

// The operands of a signature, as the package hands them over.
const entry = await buildBlinded();
const fma = (await kernels(entry)).find(({ name }) => name === 'FMA');
if (!fma) throw new Error(`Node ${process.version} has no fused multiply-add here`);
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
if (wrong) throw new Error(`${wrong.name} computes something else than ${contestants[0].name}`);

const times = await interleave(contestants, { rounds: 300, batch: 10, warmUp: 600 });
const rows = rowsOf(times, contestants[0].name);
console.log(`\n${inWords(await machine())}, Node ${process.version}`);
console.log(`Both powers of a signature\n${text(cellsOf({ rows }, { unit: 'ms' }))}`);
