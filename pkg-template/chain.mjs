// The chain: a path, spelled link by link. It only collects; which path the links are, and what may
// be sent to it, is decided in Rust (`src/chain/`).

// What promises, serialisation, test matchers and devtools ask every object for. A segment of such a
// name is written with a first capital, or through chain().
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

const isSegment = (name) =>
  typeof name === 'string' && !NEVER.has(name) && !/^(?:__|@@|\$\$)/.test(name);

let follow;
let isChain;

/** A path so far. Nothing changes it, so it may be kept and gone on from in several directions. */
class Chain {
  #send;
  #links;

  constructor(send, links) {
    this.#send = send;
    this.#links = links;
    Object.freeze(this);
  }

  // Each is async, so that a wrong path or option rejects and never throws.
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
    return follow(this, { written });
  }

  static {
    follow = (node, link) => chainOf(node.#send, [...node.#links, link]);
    isChain = (node) => #links in node;
  }
}

const chainOf = (send, links) => new Chain(send, links);

for (const verb of ['get', 'post', 'put', 'patch', 'delete']) {
  const { value } = Object.getOwnPropertyDescriptor(Chain.prototype, verb);
  Object.defineProperty(Chain.prototype, `${verb}Async`, { value });
}

responseNames(Chain.prototype, isSegment, (node, name) =>
  isChain(node) ? follow(node, { name }) : undefined,
);

/** Lets chains begin on `prototype`: at every name that begins with `v3`, sent by `send(client, …)`. */
export function beginChains(prototype, send) {
  const begins = (name) => typeof name === 'string' && name.startsWith('v3');
  responseNames(prototype, begins, (client, name) => beginChain(client, send, { name }));
}

/** The first link of a chain. */
export function beginChain(client, send, link) {
  return chainOf((...call) => send(client, ...call), [link]);
}

// A Proxy behind the prototype, not around the object: it is asked only for what neither object nor
// class has, so that private fields, own methods and subclasses are what they would be without it.
function responseNames(prototype, responses, response) {
  const behind = new Proxy(
    {},
    {
      get: (target, name, receiver) =>
        responses(name) && !(name in target)
          ? response(receiver, name)
          : Reflect.get(target, name, receiver),
    },
  );
  Object.setPrototypeOf(prototype, behind);
}
