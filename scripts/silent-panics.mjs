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

// What only such a message is written with: `{:?}`, and where in the source the panic is. Clippy denies `{:?}`
// in the library, so that nothing else formats with it.
const debug = / as core(\[\w+\])?::fmt::Debug>::fmt/;
// No message of the standard library has this one. It would come from a `{text:?}` that Clippy did not see.
const debugOfText = /^<(str|alloc(\[\w+\])?::string::String) as core(\[\w+\])?::fmt::Debug>::fmt/;
const place = /^[\w./-]+\.rs$/;

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
    if (debugOfText.test(name)) {
      throw new Failure(
        `Something formats text with {:?}: ${name} is in the Wasm. Quote it otherwise.`,
      );
    }
    if (debug.test(name)) binaryen.Function.setBody(reference, module.unreachable());
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
  const segment = module.getDataSegmentInfo(module.getDataSegmentByIndex(0));
  await writeFile(to, withoutPlaces(Buffer.from(module.emitBinary()), segment));
  module.dispose();
}

// A place is four words: where its path is, the length of the path, the line, the column. Zeros in their stead
// are left out of the file.
function withoutPlaces(wasm, { offset, data }) {
  const start = wasm.indexOf(Buffer.from(data));
  const end = start + data.byteLength;
  const paths = new Set();
  for (let at = start; at + 16 <= end; at += 4) {
    const path = start + wasm.readUInt32LE(at) - offset;
    const pathEnd = path + wasm.readUInt32LE(at + 4);
    if (path < start || pathEnd > end || !place.test(wasm.toString('latin1', path, pathEnd)))
      continue;
    wasm.fill(0, at, at + 16);
    paths.add([path, pathEnd]);
  }
  if (paths.size === 0)
    throw new Failure('The Wasm names no place of a panic. Teach scripts/silent-panics.mjs.');
  for (const [path, pathEnd] of paths) wasm.fill(0, path, pathEnd);
  return wasm;
}
