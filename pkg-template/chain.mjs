// The chain: a path, written link by link. This file only collects the links. Rust decides which
// path they make and what may be sent to it (`src/calls/chain/`).

import { lost, makeMethods } from './client/caller.mjs';
import { validationError } from './client/failures.mjs';
import { message } from './client/message.mjs';
import { isPlausible } from './client/names.mjs';

// Names that promises, serialization, test matchers and devtools read from every object. They are
// not segments. Write such a segment with a capital first letter, or with chain().
const NEVER = new Set([
  'then',
  'catch',
  'finally',
  'toJSON',
  'toBSON',
  'inspect',
  'prototype',
  'nodeType',
  'nodeName',
  'tagName',
  'asymmetricMatch',
]);

// What every object has. It is not asked for: `Object.prototype` may have been polluted.
const OF_EVERY_OBJECT = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
]);

const isSegment = (name) =>
  typeof name === 'string' && !NEVER.has(name) && !/^(?:__|@@|\$\$)/.test(name);

let follow;
let isChain;

/** The beginning of a path. It is immutable, so several paths can continue from it. */
class Chain {
  #send;
  #links;

  constructor(send, links) {
    this.#send = send;
    this.#links = links;
    Object.freeze(this);
  }

  // Each method is async, so that a wrong path or option rejects and never throws.
  async get(options) {
    return this.#send('GET', this.#links, options);
  }

  async post(options) {
    return this.#send('POST', this.#links, options);
  }

  async put(options) {
    return this.#send('PUT', this.#links, options);
  }

  async patch(options) {
    return this.#send('PATCH', this.#links, options);
  }

  async delete(options) {
    return this.#send('DELETE', this.#links, options);
  }

  chain(written) {
    if (!isChain(this)) throw lost('chain', this);
    return follow(this, { written });
  }

  static {
    follow = (node, link) => chainOf(node.#send, [...node.#links, link]);
    isChain = (node) => typeof node === 'object' && node !== null && #links in node;
  }
}

const chainOf = (send, links) => new Chain(send, links);

const VERBS = ['get', 'post', 'put', 'patch', 'delete'];
makeMethods(Chain.prototype, VERBS, isChain);

for (const verb of VERBS) {
  const { value } = Object.getOwnPropertyDescriptor(Chain.prototype, verb);
  Object.defineProperty(Chain.prototype, `${verb}Async`, { __proto__: null, value });
  // What follows is meant for a segment of this name: `.delete.post()`.
  const segment = `.${verb[0].toUpperCase()}${verb.slice(1)}`;
  const refuse = () => {
    throw validationError(
      'path',
      message(
        'continues after .{}, which is the HTTP method: write {} for a segment of this name',
        verb,
        segment,
      ),
    );
  };
  for (const next of [...VERBS, ...VERBS.map((each) => `${each}Async`)]) {
    Object.defineProperty(value, next, { __proto__: null, value: async () => refuse() });
  }
  // A link is no promise: nobody would hear of it.
  Object.defineProperty(value, 'chain', { __proto__: null, value: refuse });
}

resolveNames(Chain.prototype, isSegment, (node, name) => {
  if (isChain(node)) return follow(node, { name });
  // The class itself, which is no link, may be looked at. What only looks like a link has lost it.
  if (node === Chain.prototype) return undefined;
  throw lost(isPlausible(name) ? name : 'chain', node);
});

/**
 * Makes every property of `prototype` whose name starts with `v3` the first link of a chain.
 * `send(client, …)` sends its calls.
 */
export function beginChains(prototype, send) {
  const begins = (name) => typeof name === 'string' && name.startsWith('v3');
  resolveNames(prototype, begins, (client, name) => beginChain(client, send, { name }));
}

/** The first link of a chain. */
export function beginChain(client, send, link) {
  return chainOf((...call) => send(client, ...call), [link]);
}

// The Proxy is the prototype's prototype, not a wrapper of the object. JavaScript asks it only for
// names that neither the object nor its class has. So private fields, methods and subclasses work
// as usual.
function resolveNames(prototype, handles, resolve) {
  const behind = new Proxy(
    {},
    {
      __proto__: null,
      get: (target, name, receiver) =>
        handles(name) && !OF_EVERY_OBJECT.has(name)
          ? resolve(receiver, name)
          : Reflect.get(target, name, receiver),
    },
  );
  Object.setPrototypeOf(prototype, behind);
}
