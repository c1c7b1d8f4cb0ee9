// The keys that a sandbox keeps for the next one, so that it starts at once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

import { cwd, run } from './command-process.mjs';

// Prints the public keys of two sandboxes, the merchant's and WeChat Pay's of each.
const TWO = `
  import { createPublicKey } from 'node:crypto';
  import { createSandbox } from 'wechatpay-wasm/sandbox';
  const keys = [];
  for (let count = 0; count < 2; count += 1) {
    const { options, close } = await createSandbox();
    const own = createPublicKey(options.privateKey).export({ type: 'spki', format: 'pem' });
    keys.push(own, Object.values(options.certs)[0]);
    await close();
  }
  console.log(JSON.stringify(keys));
`;

describe('kept keys', { timeout: 120_000, skip: process.platform === 'win32' }, () => {
  let folder;
  let keys;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
    keys = join(folder, 'keys');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const twoSandboxes = (env = { WECHATPAY_SANDBOX_KEYS: keys }) =>
    new Promise((resolve, reject) => {
      const args = ['--input-type=module', '-e', TWO];
      const options = { cwd, env: { PATH: process.env.PATH, HOME: folder, ...env } };
      execFile(process.execPath, args, options, (error, stdout) =>
        error ? reject(error) : resolve(JSON.parse(stdout)),
      );
    });
  const modeOf = (path) => statSync(path).mode & 0o777;

  test('are those of the next process, for their owner alone', async () => {
    const made = await twoSandboxes();
    assert.equal(new Set(made).size, 4);
    const files = readdirSync(keys);
    assert.equal(files.length, 4);
    assert.equal(modeOf(keys), 0o700);
    for (const file of files) {
      assert.match(file, /^[\da-f]{32}\.pem$/);
      assert.equal(modeOf(join(keys, file)), 0o600);
    }
    const taken = await twoSandboxes();
    assert.deepEqual([...taken].sort(), [...made].sort());
    assert.deepEqual(readdirSync(keys), files);
  });

  test('are the command’s, too, in the cache of its user', async () => {
    const env = { HOME: folder };
    const args = ['sandbox', process.execPath, '-p', 'process.env.WECHATPAY_PRIVATE_KEY'];
    const { stdout } = await run(args, { env });
    const cache = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
    const inHome = join(folder, cache, 'wechatpay-wasm/sandbox-keys');
    assert.equal(readdirSync(inHome).length, 2);
    assert.ok(
      readdirSync(inHome).some(
        (file) => `${readFileSync(join(inHome, file), 'utf8')}\n` === stdout,
      ),
    );
    if (process.platform !== 'linux') return;
    await run(args, { env: { ...env, XDG_CACHE_HOME: join(folder, 'xdg') } });
    assert.equal(readdirSync(join(folder, 'xdg/wechatpay-wasm/sandbox-keys')).length, 2);
  });

  test('are not kept where the variable is empty', async () => {
    await twoSandboxes({ WECHATPAY_SANDBOX_KEYS: '' });
    assert.deepEqual(readdirSync(folder), []);
  });

  test('are neither read from nor written to a folder that others can open', async () => {
    const made = await twoSandboxes();
    chmodSync(keys, 0o755);
    const others = await twoSandboxes();
    assert.equal(new Set([...made, ...others]).size, 8);
    assert.equal(readdirSync(keys).length, 4);
    // A link leads to where somebody else may put keys.
    chmodSync(keys, 0o700);
    symlinkSync(keys, join(folder, 'link'));
    const linked = await twoSandboxes({ WECHATPAY_SANDBOX_KEYS: join(folder, 'link') });
    assert.equal(new Set([...made, ...linked]).size, 8);
  });

  test('are made where there is no folder to keep them in', async () => {
    writeFileSync(keys, 'a file');
    assert.equal(new Set(await twoSandboxes()).size, 4);
    assert.equal(readFileSync(keys, 'utf8'), 'a file');
  });

  test('are removed after 30 days', async () => {
    const made = await twoSandboxes();
    const days = (count) => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
    const [old, young] = readdirSync(keys);
    utimesSync(join(keys, old), days(31), days(31));
    utimesSync(join(keys, young), days(29), days(29));
    const later = await twoSandboxes();
    assert.equal(later.filter((key) => !made.includes(key)).length, 1);
    assert.ok(!existsSync(join(keys, old)));
    assert.equal(readdirSync(keys).length, 4);
  });

  test('what is no such key is passed over, and left alone', async () => {
    mkdirSync(keys, { mode: 0o700 });
    const wrong = {
      [`${'0'.repeat(32)}.pem`]: '',
      [`${'1'.repeat(32)}.pem`]: 'no key',
      notes: 'x',
    };
    for (const [name, text] of Object.entries(wrong)) writeFileSync(join(keys, name), text);
    assert.equal(new Set(await twoSandboxes()).size, 4);
    for (const [name, text] of Object.entries(wrong)) {
      assert.equal(readFileSync(join(keys, name), 'utf8'), text);
    }
  });

  test('are at most sixteen', async () => {
    mkdirSync(keys, { mode: 0o700 });
    for (let count = 0; count < 15; count += 1) {
      writeFileSync(join(keys, `${count.toString(16).repeat(32)}.pem`), 'no key');
    }
    await twoSandboxes();
    assert.equal(readdirSync(keys).length, 16);
  });
});
