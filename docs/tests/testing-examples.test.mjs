// The tests that the page "Testing your app" shows are those of docs/examples/testing, and they pass.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../scripts/run.mjs';
import { findChromium, testers } from '../../scripts/setup.mjs';
import { onLoopback } from '../../tests/loopback.mjs';
import { commandFile, packageFolder } from './installed.mjs';

const folder = join(root, 'docs/examples/testing');
const inFolder = (...parts) => join(folder, 'node_modules', ...parts);

describe('the tests that the page shows', { timeout: 300_000 }, () => {
  before(async () => {
    await testers();
    // The packed tarball, as the tests have it installed.
    await mkdir(inFolder('.bin'), { recursive: true });
    await link(packageFolder, inFolder('wechatpay-wasm'));
    await link(commandFile, inFolder('.bin/wechatpay-wasm'));
  });

  test('Vitest', () => run('vitest/vitest.mjs', ['run', '--root', 'vitest']));

  test('Jest', () =>
    run('jest/bin/jest.js', ['--rootDir', 'jest'], { NODE_OPTIONS: '--experimental-vm-modules' }));

  const chromium = findChromium();
  test('Playwright', { skip: chromium === undefined && 'no Chromium here' }, async () => {
    const [sandbox, shop] = await freePorts(2);
    const output = await mkdtemp(join(tmpdir(), 'docs-playwright-'));
    try {
      await run('@playwright/test/cli.js', ['test', '-c', 'playwright', '--output', output], {
        ...{ CHROMIUM: chromium, PORT: String(shop) },
        ...{ SANDBOX_PORT: String(sandbox), SANDBOX_URL: `http://127.0.0.1:${sandbox}` },
      });
    } finally {
      await rm(output, { recursive: true, force: true });
    }
  });
});

async function link(target, path) {
  if (!existsSync(path)) await symlink(target, path, 'junction');
}

async function run(program, args, more = {}) {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(WECHATPAY|NODE_TEST)_/.test(name),
  );
  const env = { ...Object.fromEntries(others), ...more };
  const options = { cwd: folder, env, timeout: 120_000 };
  try {
    await promisify(execFile)(process.execPath, [inFolder(program), ...args], options);
  } catch ({ message, stdout, stderr }) {
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => onLoopback(createServer())),
  );
  await Promise.all(servers.map(({ close }) => close()));
  return servers.map(({ url }) => Number(new URL(url).port));
}
