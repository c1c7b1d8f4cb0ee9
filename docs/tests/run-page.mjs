// Runs one module of a page, with `wxpay` and `sandbox` as globals: `node run-page.mjs <file> [--globals]`.
// The process ends by itself, or the page leaves something open.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, flag] = process.argv.slice(2);
// As the page has it installed: both see one package.
const require = createRequire(resolve(file));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

if (flag === '--globals') {
  const { createSandbox } = await load('wechatpay-wasm/sandbox');
  const { Wechatpay } = await load('wechatpay-wasm');
  const sandbox = await createSandbox();
  Object.assign(globalThis, { sandbox, wxpay: new Wechatpay(sandbox.options) });
  try {
    await import(pathToFileURL(resolve(file)).href);
  } finally {
    await sandbox.close();
  }
} else {
  await import(pathToFileURL(resolve(file)).href);
}
