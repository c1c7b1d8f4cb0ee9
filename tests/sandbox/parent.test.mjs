// The command ends with whoever started it, also if that was killed and could tell nobody.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { cli, cwd } from './command-process.mjs';
import { until } from './receiver.mjs';

// Starts what its arguments say, and says so. Nothing of it is left in the terminal's group.
const PARENT = `
  const { spawn } = require('node:child_process');
  const [program, ...args] = process.argv.slice(1);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(process.stdout);
`;
const COMMAND = `
  process.on('SIGTERM', () => { require('node:fs').writeFileSync(process.argv[1], 'told'); process.exit(); });
  setInterval(() => {}, 1_000);
  console.log('ready', process.pid);
`;

describe('the parent of the command', {
  timeout: 120_000,
  skip: process.platform === 'win32',
}, () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const sandbox = (...args) => [process.execPath, cli, 'sandbox', ...args];

  /** Kills the parent of the command once it has printed `line`. */
  const killParentOf = async (command, line) => {
    const parent = spawn(process.execPath, ['-e', PARENT, ...command], { cwd });
    let printed = '';
    parent.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    await until(() => line.test(printed));
    parent.kill('SIGKILL');
    return printed;
  };

  test('a sandbox without a command ends, and removes its file', async () => {
    const file = join(folder, 'a.env');
    await killParentOf(sandbox('--write-env', file), /until Ctrl\+C\.$/m);
    assert.ok(existsSync(file));
    await until(() => !existsSync(file));
  });

  test('a shell between both makes no difference', {
    skip: process.platform === 'linux' ? false : 'only Linux shows the shell',
  }, async () => {
    const file = join(folder, 'b.env');
    // Two commands, so that no shell gives its place to the first.
    const line = `${sandbox('--write-env', file).join(' ')}; true`;
    await killParentOf(['sh', '-c', line], /until Ctrl\+C\.$/m);
    assert.ok(existsSync(file));
    await until(() => !existsSync(file));
  });

  test('the sandbox ends its command, and then itself', async () => {
    const [file, told] = [join(folder, 'c.env'), join(folder, 'told')];
    const command = ['--', process.execPath, '-e', COMMAND, told];
    await killParentOf(sandbox('--write-env', file, ...command), /^ready \d+$/m);
    await until(() => existsSync(told) && !existsSync(file));
  });

  test('with --stay it goes on', async () => {
    const file = join(folder, 'd.env');
    const command = ['--', process.execPath, '-e', COMMAND, join(folder, 'never')];
    const printed = await killParentOf(
      sandbox('--stay', '--write-env', file, ...command),
      /^ready \d+$/m,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.ok(existsSync(file));
    process.kill(Number(printed.match(/ready (\d+)/)[1]));
    await until(() => !existsSync(file));
  });
});
