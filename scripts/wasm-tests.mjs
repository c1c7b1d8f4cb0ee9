// Runs a test program in Wasm: cargo starts this with the program and what is to be run of it.
//
//   cargo test --release --target wasm32-unknown-unknown --config … -- [text]…
//
// wasm-bindgen has a runner of its own, which brings a hundred crates to drive browsers. What is here is
// what that runner does in Node, for the version of wasm-bindgen-test in Cargo.lock.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { Failure, main, root, run } from './run.mjs';
import { bindgen } from './setup.mjs';

// Each test is exported: "__wbgt_", "$" if it is to be ignored, "_", and the crate, "::" and its path.
const ofTest = /^__wbgt_([^_]*)_.*?::(.*)$/;

await main(import.meta.url, async () => {
  const [program, ...filters] = process.argv.slice(2);
  const option = filters.find((each) => each.startsWith('-'));
  if (option !== undefined) throw new Failure(`There is no option ${option} here, only texts.`);

  const glue = await bound(program);
  if (!(await runTests(glue, filters))) process.exitCode = 1;
});

/** The glue of the program, loaded. */
async function bound(program) {
  const folder = join(root, 'target/wasm-tests', basename(program, '.wasm'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(bindgen, [program, folder, 'tests', 'nodejs']);
  // The glue is CommonJS, and the repository's package.json says that a .js file is not.
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
  // What the tests print to the console is shown with the test that failed, so the program has to find
  // these when it is loaded.
  globalThis.__wbgtest_og_console_log = console.log;
  globalThis.__wbgtest_og_console_error = console.error;
  globalThis.__wbg_test_invoke = (body) => body();
  return createRequire(import.meta.url)(join(folder, 'tests.js'));
}

async function runTests(glue, filters) {
  const all = Object.keys(glue.__wasm).filter((name) => ofTest.test(name));
  const chosen = all.filter((name) => {
    const [, , path] = name.match(ofTest);
    return filters.length === 0 || filters.some((text) => path.includes(text));
  });
  const context = new glue.WasmBindgenTestContext(false);
  for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
    const keep = glue[`__wbgtest_console_${method}`];
    console[method] = (...args) => keep(args);
  }
  context.filtered_count(all.length - chosen.length);
  return await context.run(chosen.map((name) => glue.__wasm[name]));
}
