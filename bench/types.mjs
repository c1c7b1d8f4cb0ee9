// node bench/types.mjs [--against <folder of a package>] [--rounds 9]
//
// What the types of the catalogue cost: the processor time of `tsc` over a small program of three calls,
// and how long an editor waits for what may follow `wxpay.v3.`. It compares the installed package with one
// whose catalogue has no entry, or with another build (a folder such as `pkg/`), by turns, each time in a
// new process. On Linux alone: other systems do not say what a child's processor time was.
//
// `npm test -- --only package` installs the package that is measured.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { apiTypes } from '../scripts/catalogue/types/index.mjs';
import { readTypes } from '../scripts/join-types.mjs';
import { root } from '../scripts/run.mjs';
import { asText, machine } from './machine.mjs';
import { rowsOf } from './statistics.mjs';
import { cellsOf, text } from './table.mjs';

const { values } = parseArgs({
  options: { against: { type: 'string' }, rounds: { type: 'string', default: '9' } },
});
const rounds = Number(values.rounds);
const installed = join(root, 'tests/node_modules/wechatpay-wasm');
const made = join(root, 'target/bench/types');
const compilers = ['typescript-5.0', 'typescript-5.9', 'typescript'];

const hello = `import { Wechatpay } from 'wechatpay-wasm';

const certs = { PUB_KEY_ID_01: 'pem' };
const wxpay = new Wechatpay({ mchid: '1900007291', serial: '408B', privateKey: 'pem', certs });
const { data } = await wxpay.v3.pay.transactions.jsapi.post<{ prepay_id: string }>({
  json: {
    ...{ appid: 'wx', mchid: '1900007291', description: 'A cup', out_trade_no: 'A1' },
    ...{ notify_url: 'https://example.com', amount: { total: 1 }, payer: { openid: 'o' } },
  },
});
const { chain } = wxpay.v3.pay.transactions;
const order = await wxpay
  .chain('v3/pay/transactions/out-trade-no/{out_trade_no}')
  .get<{ trade_state: string }>({ out_trade_no: 'A1', query: { mchid: '1900007291' } });
const refund = await wxpay['v3/refund/domestic/refunds'].post({
  json: {
    ...{ out_trade_no: 'A1', out_refund_no: 'R1' },
    amount: { refund: 1, total: 1, currency: 'CNY' },
  },
});
console.log(data.prepay_id, chain, order.data.trade_state, refund.status);
`;
const tsconfig = {
  compilerOptions: {
    ...{ module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom'], types: [] },
    ...{ strict: true, skipLibCheck: true, noEmit: true },
  },
  files: ['hello.mts'],
};

/** A folder with the program and a package. `types` replace the package's files, by their names. */
async function program(name, from, types = {}) {
  const folder = join(made, name);
  const to = join(folder, 'node_modules/wechatpay-wasm');
  await rm(folder, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(from, to, {
    recursive: true,
    filter: (path) => !/\.(?:wasm|[cm]js)$/.test(path) || /\.d\./.test(path),
  });
  for (const [file, content] of Object.entries(types)) {
    await writeFile(join(to, 'dist', file), content);
  }
  await writeFile(join(folder, 'hello.mts'), hello);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  return { name, folder };
}

async function reference() {
  if (values.against) return program('before', resolve(values.against));
  const empty = apiTypes({ operations: [], events: [], errors: [] });
  const types = await readTypes(join(root, 'pkg-template'), empty);
  return program('no catalogue', installed, { 'api.d.cts': types.api });
}

// In hundredths of a second, as Linux counts.
function childrenTime() {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function run(file, ...args) {
  const before = childrenTime();
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return { time: childrenTime() - before, stdout };
}

const compile =
  (compiler) =>
  ({ folder }) =>
    run(join(root, 'node_modules', compiler, 'bin/tsc'), '--project', folder).time;

const complete = ({ folder }) =>
  Number(run(join(root, 'bench/hosts/completion.mjs'), join(folder, 'hello.mts')).stdout);

async function measured(title, contestants, measure) {
  const times = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) times[contestant.name].push(measure(contestant));
  }
  const rows = rowsOf(times, contestants[0].name);
  console.log(`${title}\n${text(cellsOf({ rows }, { unit: 'ms' }))}\n`);
}

const contestants = [await reference(), await program('catalogue', installed)];
console.log(asText(await machine()));
const api = await readFile(join(installed, 'dist/api.d.cts'));
console.log(`dist/api.d.cts: ${api.length} bytes, ${gzipSync(api, { level: 9 }).length} in gzip\n`);
for (const compiler of compilers) {
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules', compiler, 'package.json'), 'utf8'),
  );
  await measured(`tsc ${version}, processor time`, contestants, compile(compiler));
}
await measured('completion of wxpay.v3. in TypeScript 5.9', contestants, complete);
