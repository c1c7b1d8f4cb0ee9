// What writes a panic's message is taken out of the Wasm. There, a panic is a trap in any case, and its
// message goes to a standard error stream that does not exist. Nothing of Rust's stable releases leaves
// it out: the standard library comes compiled.

import { readFile, writeFile } from 'node:fs/promises';
import { Failure } from './run.mjs';

// By the names that the Wasm file has before they are stripped. None of them returns.
const ends = [
  /^core(\[\w+\])?::panicking::panic/,
  /^core(\[\w+\])?::panicking::assert_failed/,
  /^core(\[\w+\])?::(option|result)::(unwrap|expect)_failed$/,
  /^core(\[\w+\])?::cell::panic_already/,
  /^core(\[\w+\])?::str::slice_error_fail/,
  /^core(\[\w+\])?::slice::index::slice_\w*fail/,
  /^core(\[\w+\])?::slice::copy_from_slice_impl::len_mismatch_fail/,
  /^alloc(\[\w+\])?::raw_vec::handle_error$/,
  /^alloc(\[\w+\])?::alloc::handle_alloc_error$/,
  /^std(\[\w+\])?::panicking::panic_with_hook$/,
  /^std(\[\w+\])?::thread::local::panic_access_error$/,
  /(^|::)rust_begin_unwind$/,
];

/** Has every function of a Wasm file that ends in a panic trap at once. */
export async function silencePanics(from, to) {
  // Not at the top: it may not be installed yet when this file is loaded.
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(await readFile(from));
  binaryen.setDebugInfo(true);
  const found = new Set();
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    const reference = module.getFunctionByIndex(index);
    const { name, module: imported, results } = binaryen.getFunctionInfo(reference);
    const end = ends.find((pattern) => pattern.test(name));
    if (imported || end === undefined) continue;
    if (results !== binaryen.none) throw new Failure(`${name} returns, and is no panic`);
    binaryen.Function.setBody(reference, module.unreachable());
    found.add(end);
  }
  const missing = ends.filter((pattern) => !found.has(pattern));
  if (missing.length > 0) {
    throw new Failure(
      `The Wasm has no function ${missing.join(', ')}: this version of Rust names them otherwise, or ` +
        'the crate no longer needs them. Teach scripts/silent-panics.mjs.',
    );
  }
  await writeFile(to, module.emitBinary());
  module.dispose();
}
