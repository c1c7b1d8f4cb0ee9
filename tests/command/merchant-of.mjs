// Files and variables of a merchant, for a command that runs as a process of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { environmentOf } from '../environment-of.mjs';
import { run } from '../sandbox/command-process.mjs';

/**
 * A sandbox and its merchant, until the tests of this suite have ended.
 *
 * @param {object} [more] options of the merchant's client beside those of the sandbox
 */
export async function sandboxAndMerchant(more) {
  const sandbox = await createSandbox();
  const merchant = merchantOf({ ...sandbox.options, ...more });
  after(async () => {
    merchant.remove();
    await sandbox.close();
  });
  return { sandbox, merchant };
}

/**
 * A folder without a `.env`, in which the command runs with these options of a client.
 *
 * @param {import('wechatpay-wasm/sandbox').SandboxClientOptions} options
 */
export function merchantOf(options) {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
  const env = { ...environmentOf(options), WECHATPAY_CERT: options.cert };
  return {
    folder,
    env,
    /** Writes a file, and gives its path. */
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    /** Runs the command. */
    run: (args, more = {}) =>
      run(args, { cwd: folder, env: { ...env, ...more.env }, ...more.with }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
