// Somebody follows the README of each language word by word, in an empty folder: the files that it shows are saved,
// its commands are run, and the sandbox's pre-sign id comes out. The package is the packed tarball, and the port a
// free one; nothing else differs from what stands there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { stepsOf } from './steps.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { name, version } = JSON.parse(readFileSync(join(root, 'pkg/package.json'), 'utf8'));
const tarball = join(root, 'target/pack', `${name}-${version}.tgz`);

const PRE_SIGN_ID = /\b1121_[0-9a-f]{64}_[0-9a-f]{32}\b/;
const TWO_MINUTES = 120_000;

const others = Object.entries(process.env).filter(([key]) => !/^(WECHATPAY|NODE_TEST)_/.test(key));
const env = {
  ...Object.fromEntries(others),
  // npx takes what is installed, or nothing.
  npm_config_offline: 'true',
  npm_config_yes: 'false',
  npm_config_update_notifier: 'false',
  WECHATPAY_LOCALE: 'en',
  NO_COLOR: '1',
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

for (const page of ['README.md', 'README.zh-CN.md']) {
  test(`${page}, followed in an empty folder`, { timeout: TWO_MINUTES }, async () => {
    const steps = stepsOf(page, readFileSync(join(root, page), 'utf8'));
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    const port = await freePort();
    const asHere = (text) =>
      text
        .replaceAll('3000', String(port))
        .replace(`npm install ${name}`, `npm install "${tarball}"`);
    const printed = new Map();
    let running;
    try {
      for (const step of steps) {
        if (step.save !== undefined) {
          writeFileSync(join(folder, step.save), `${asHere(step.code)}\n`);
          continue;
        }
        const command = start(asHere(step.run), folder);
        if (step.stays) {
          running = { run: step.run, ...command };
          await says(command, `http://localhost:${port}`);
          continue;
        }
        const { code, output } = await command.ended;
        assert.equal(code, 0, `${step.run}\n${output()}`);
        printed.set(step.run, output());
      }
      assert.match(printed.get('node first-call.mjs'), PRE_SIGN_ID);
      assert.match(printed.get('node first-call.cjs'), PRE_SIGN_ID);
      assert.match(printed.get('npx wechatpay-wasm env'), /^WECHATPAY_MCHID=/m);
      assert.match(running.output(), /TRANSACTION\.SUCCESS \{/);
      const files = steps.filter(({ save }) => save !== undefined).map(({ save }) => save);
      assert.deepEqual(files, ['first-call.mjs', 'first-call.cjs', 'server.mjs']);
    } finally {
      // As Ctrl+C does: to all that the command started.
      running?.stop('SIGINT');
      await running?.ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
}

test('both have the same steps', () => {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((page) =>
    stepsOf(page, readFileSync(join(root, page), 'utf8')).map(({ save, run, stays }) => ({
      save,
      run,
      stays,
    })),
  );
  assert.deepEqual(chinese, english);
});

function start(command, cwd) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
    ...{ cwd, env, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output: () => text }));
  });
  const stop = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended.
    }
  };
  return { ended, stop, output: () => text };
}

async function says({ ended, output }, words) {
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  while (!output().includes(words)) {
    assert.ok(!isOver, output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
