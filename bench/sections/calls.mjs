// preEntrustSignApp from end to end, against one server on loopback.

import { fileURLToPath } from 'node:url';
import { connection, result } from '../connection.mjs';
import { AXIOS, BY_HAND, NODE_V3, OURS, OURS_KEY_OBJECT } from '../contestants/names.mjs';
import { converse } from '../conversation.mjs';
import { isFirst, nodes, processes } from '../runtimes.mjs';
import { median, quantile, rowsOf } from '../statistics.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const params = { appid: 'wxd678efh567h23787', out_contract_code: 'APPLYMENT_00000000001' };
const MEBIBYTE = 1_048_576;

export const calls = {
  title: 'preEntrustSignApp, end to end',
  unit: 'ms',
  measured: (groups) => [
    `One server on loopback, in a separate process, with a response that was signed in advance; ${groups[0].atOnce} calls at once.`,
    `${groups.map(({ runtime, calls }) => `${calls} calls of each in ${runtime}`).join(', ')}.`,
    'ms is the time on the clock divided by the number of calls. p50 and p99 are of calls one after the other. CPU',
    'is the processor time of the process, all threads. Memory is in MiB, after the first call and after all calls,',
    'after a garbage collection where the runtime offers one. wechatpay-wasm signs in Wasm; with a KeyObject as',
    'privateKey, node:crypto signs. Both, wechatpay-axios-plugin and the call by hand verify the response;',
    'wechatpay-node-v3 does not.',
  ],
  columns: [
    { head: 'calls/s', of: ({ perSecond }) => perSecond },
    { head: 'p50', of: ({ p50 }) => p50 },
    { head: 'p99', of: ({ p99 }) => p99 },
    { head: 'CPU', of: ({ cpu }) => cpu },
    { head: 'RSS', of: ({ memory }) => memory.map(({ rss }) => rss) },
    { head: 'heap', of: ({ memory }) => memory.map(({ heap }) => heap) },
    { head: 'Wasm', of: ({ memory }) => memory.map(({ wasm }) => wasm) },
  ],

  async run({ plan, tell }) {
    const server = converse(nodes[0].program, ['server.mjs'], { cwd: here });
    try {
      const given = { ...connection, baseUrl: `http://127.0.0.1:${await server.next()}` };
      const groups = [];
      for (const host of processes) {
        tell(host.runtime);
        groups.push(await inTurns(host, given, plan.calls));
      }
      return groups;
    } finally {
      await server.end();
    }
  },
};

async function inTurns(host, connection, { first, others, round }) {
  const { latencies, throughput, atOnce } = round;
  const rounds = Math.ceil((isFirst(host) ? first : others) / (latencies + throughput));
  const given = JSON.stringify({ connection, params, id: result.pre_entrustweb_id });
  const names = nodes.includes(host)
    ? [BY_HAND, OURS, OURS_KEY_OBJECT, NODE_V3, AXIOS]
    : [BY_HAND, OURS, OURS_KEY_OBJECT];
  const contestants = names.map((name) => ({
    name,
    process: converse(host.program, [...host.flags, 'hosts/calls.mjs', name, given], { cwd: here }),
    latencies: [],
    rounds: [],
  }));
  try {
    for (const each of contestants) {
      await each.process.ask({ order: 'latencies', calls: 1 });
      each.rest = await each.process.ask({ order: 'memory' });
      // Warm up, and open all connections.
      await each.process.ask({ order: 'throughput', calls: throughput, atOnce });
    }
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const each of turn % 2 === 0 ? contestants : contestants.toReversed()) {
        const one = await each.process.ask({ order: 'latencies', calls: latencies });
        each.latencies.push(...one);
        each.rounds.push(
          await each.process.ask({ order: 'throughput', calls: throughput, atOnce }),
        );
      }
    }
    for (const each of contestants) each.after = await each.process.ask({ order: 'memory' });
  } finally {
    await Promise.all(contestants.map(({ process }) => process.end()));
  }
  return {
    runtime: host.runtime,
    reference: BY_HAND,
    atOnce,
    calls: rounds * (latencies + throughput),
    rows: rowsFrom(contestants),
  };
}

function rowsFrom(contestants) {
  const walls = contestants.map(({ name, rounds }) => [name, rounds.map(({ wall }) => wall)]);
  return rowsOf(Object.fromEntries(walls), BY_HAND).map((row, at) => {
    const { latencies, rounds, rest, after } = contestants[at];
    return {
      ...row,
      perSecond: 1_000 / row.median,
      p50: median(latencies),
      p99: quantile(latencies, 0.99),
      cpu: median(rounds.map(({ cpu }) => cpu)),
      cpus: rounds.map(({ cpu }) => cpu),
      memory: [inMebibytes(rest), inMebibytes(after)],
    };
  });
}

function inMebibytes(memory) {
  const entries = Object.entries(memory);
  return Object.fromEntries(entries.map(([what, bytes]) => [what, bytes && bytes / MEBIBYTE]));
}
