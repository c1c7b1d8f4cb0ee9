// The package, and what is inside of it: every instance of its Wasm, whose imports and exports can be
// made to throw. This module must be imported before anything else that imports the package.

/** What is thrown in place of a stack overflow. */
export class Thrown extends RangeError {}

/** Every memory of an instance, in their order; and those of the fused kernel's. */
export const memories = [];
export const kernelMemories = [];

/** Every function that the Wasm imports or exports, as `import name`; and those that were called. */
export const functions = new Set();
export const called = new Set();

/** Called with the name of an import or export before and after each call. May throw. */
let hook;

/** Makes `next(kind, name, when)` see each call from now on, until `watch()`. */
export function watch(next) {
  hook = next;
}

const { Instance } = WebAssembly;
const watched = (kind, members) =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      const full = `${kind} ${name}`;
      functions.add(full);
      const seen = (...values) => {
        if (hook === undefined) return value(...values);
        called.add(full);
        hook(kind, name, 'before');
        const result = value(...values);
        hook?.(kind, name, 'after');
        return result;
      };
      return [name, seen];
    }),
  );

WebAssembly.Instance = function instance(module, imports) {
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const isCore = names.includes('useDriver');
  // Node's fetch has an instance of its own.
  if (!isCore && !names.includes('powers')) return new Instance(module, imports);
  const inside = Object.entries(imports ?? {});
  const seen = inside.map(([name, functions]) => [name, watched('import', functions)]);
  const { exports } = new Instance(module, Object.fromEntries(seen));
  (isCore ? memories : kernelMemories).push(exports.memory);
  return { exports: watched('export', exports) };
};

export const { InternalError, Wechatpay, WechatpayError } = await import('wechatpay-wasm');

const faults = [];
process.on('unhandledRejection', (reason) => faults.push(`unhandled rejection: ${reason?.stack}`));
process.on('uncaughtException', (error) => faults.push(`uncaught exception: ${error?.stack}`));

/** What the process has seen that nobody handled. */
export const unhandled = () => faults.splice(0);
