// One contestant that calls the server. Argument 1 is its name, argument 2 is JSON. Each line of
// stdin is an order for a batch of calls or for the memory. The response is a line of stdout.

import { createInterface } from 'node:readline';
import { memoryNow } from '../wasm-memory.mjs';

const [name, given] = process.argv.slice(2);
const { connection, params, id } = JSON.parse(given);
// Imported after wasm-memory.mjs, which records the instances.
const { openCaller } = await import('../contestants/callers.mjs');
const call = await openCaller(name, connection);

async function checked() {
  const got = await call(params);
  if (got !== id) throw new Error(`${name} got ${got}`);
}

const orders = {
  memory: memoryNow,

  /** The milliseconds of each of `calls` calls, one after the other. */
  async latencies({ calls }) {
    const times = [];
    for (let turn = 0; turn < calls; turn += 1) {
      const begun = performance.now();
      await checked();
      times.push(performance.now() - begun);
    }
    return times;
  },

  /** The milliseconds of clock and processor for a call, with `atOnce` calls at the same time. */
  async throughput({ calls, atOnce }) {
    const cpu = process.cpuUsage();
    const begun = performance.now();
    let left = calls;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        await checked();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    const wall = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    return { wall: wall / calls, cpu: (user + system) / 1000 / calls };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...parameters } = JSON.parse(line);
  console.log(JSON.stringify(await orders[order](parameters)));
}
process.exit();
