// The one place that makes modules and instances of the Wasm, when a call needs them first: importing
// the package makes none. Where a host cannot, the error says why, and what to do.

import { configError } from './client/failures.mjs';
import { isView, part } from './client/foreign.mjs';
import { message } from './client/message.mjs';
import { missingText } from './client/utf8.mjs';

/**
 * Makes an instance. Throws a ConfigError where this host cannot.
 *
 * @param {() => unknown} source gives the module, or the bytes of its file
 * @param {WebAssembly.Imports} [imports]
 */
export function makeInstance(source, imports) {
  const missing = missingText();
  if (missing) throw missing;
  try {
    return new WebAssembly.Instance(moduleOf(source), imports);
  } catch (thrown) {
    // A stack that has no room says nothing about the host.
    if (isOverflow(thrown)) throw thrown;
    throw configError('WebAssembly', problemOf(thrown), thrown);
  }
}

/** The modules, which are compiled once. @type {Map<() => unknown, WebAssembly.Module>} */
const modules = new Map();

/**
 * @param {() => unknown} source
 * @returns {WebAssembly.Module}
 */
function moduleOf(source) {
  const known = modules.get(source);
  if (known) return known;
  const given = source();
  const module = isView(given) ? new WebAssembly.Module(given) : given;
  if (Object.prototype.toString.call(module) !== '[object WebAssembly.Module]') {
    throw new TypeError('the import of a Wasm file gave no WebAssembly.Module');
  }
  modules.set(source, module);
  return module;
}

/**
 * @param {unknown} thrown
 */
function isOverflow(thrown) {
  const message = String(part(thrown, 'message'));
  return /call stack|recursion/i.test(message);
}

/**
 * @param {unknown} thrown
 */
function problemOf(thrown) {
  const message = String(part(thrown, 'message'));
  if (typeof WebAssembly === 'undefined') return isSnapshot() ? SNAPSHOT : NONE;
  if (/memory|allocat/i.test(message)) return NO_ROOM;
  if (part(thrown, 'name') === 'TypeError') return NO_MODULE;
  if (!/disallow|not allowed|refused|blocked|unsafe-eval|policy|embedder/i.test(message))
    return UNKNOWN;
  const agent = String(part(part(globalThis, 'navigator'), 'userAgent'));
  if (agent === 'Cloudflare-Workers') return NOT_FOR_WORKERS;
  return agent.startsWith('Mozilla/') ? POLICY : FORBIDDEN;
}

function isSnapshot() {
  try {
    const { process } = globalThis;
    return process.getBuiltinModule('node:v8').startupSnapshot.isBuildingSnapshot();
  } catch {
    return false;
  }
}

const NONE = message(
  'this runtime has none. Node has none with --jitless, nor has a browser in Lockdown Mode: start it ' +
    'without',
);
const SNAPSHOT = message(
  'there is none while a snapshot is built: make the client once the snapshot runs, for example in ' +
    'v8.startupSnapshot.setDeserializeMainFunction()',
);
const NO_ROOM = message(
  'there is too little memory or address space for it. Node reserves gigabytes of addresses for each ' +
    'instance: raise the limit (ulimit -v), or start Node with --disable-wasm-trap-handler, which ' +
    'reserves what is used',
);
const NO_MODULE = message(
  'the bundler did not give a WebAssembly.Module for the imported .wasm file: have it leave the import ' +
    'to the runtime, or bundle without the conditions workerd and edge-light where that runtime is no target',
);
const NOT_FOR_WORKERS = message(
  'a Worker compiles no bytes: bundle with the condition workerd, as wrangler does (esbuild: ' +
    "conditions: ['workerd'])",
);
const POLICY = message(
  "the page's Content-Security-Policy forbids it: add 'wasm-unsafe-eval' to its script-src",
);
const FORBIDDEN = message(
  'this runtime compiles no bytes. In an edge runtime bundle with its condition, workerd or edge-light; in ' +
    'a vm context allow codeGeneration.wasm',
);
const UNKNOWN = message('it does not start in this runtime: see the cause');
