// What console.log shows of an object whose members are private.

import { isFunction } from './client/foreign.mjs';

/**
 * Makes the objects of a class show what `describe` gives of them, and nothing else, in Node, Bun, Deno and
 * whatever else asks for these symbols.
 *
 * @param {object} prototype
 * @param {string} name the class's
 * @param {(self: unknown) => object | undefined} describe `undefined` where nothing can be shown
 */
export function makeInspectable(prototype, name, describe) {
  const show = (self, inspect) => {
    let members;
    try {
      members = { ...describe(self) };
    } catch {
      // To look at it is no reason to fail.
      members = {};
    }
    return `${name} ${isFunction(inspect) ? inspect(members) : JSON.stringify(members)}`;
  };
  const methods = {
    'nodejs.util.inspect.custom'(depth, options, inspect) {
      if (depth < 0) return `[${name}]`;
      return show(this, inspect && ((members) => inspect(members, options)));
    },
    'Deno.customInspect'(inspect, options) {
      return show(this, inspect && ((members) => inspect(members, options)));
    },
  };
  for (const [symbol, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, Symbol.for(symbol), {
      __proto__: null,
      value,
      writable: true,
      configurable: true,
    });
  }
}
