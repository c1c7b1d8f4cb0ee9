// The package survives whatever is thrown through its Wasm, at every import and export. The call fails with an
// error of the package, calls under way settle, the next call works, and no key stays in a memory.
import assert from 'node:assert/strict';

import { sweep } from './sweep.mjs';

// What Rust throws with, where it has an error for JavaScript: it has none, since exports return them.
const NEVER_CALLED = /^import __wbg___wbindgen_throw_/;

/** What no way has called. Where there is no fused kernel, what serves it is not called, either. */
function unexpected({ missed, kernels }) {
  const isOurs = (name) => /^export (?!__)/.test(name);
  return missed.filter((name) => (kernels > 0 ? !NEVER_CALLED.test(name) : isOurs(name)));
}

sweep('a throw at every import and export', 'throws', { usual: 7, wide: 2 }, (counts) => {
  // A new export needs a way that calls it.
  assert.deepEqual(unexpected(counts), []);
});
