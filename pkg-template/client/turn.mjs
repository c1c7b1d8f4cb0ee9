// @ts-check
// A turn of the event loop. A promise that is settled already takes none: timers, signals and every
// other connection would wait for as long as such promises follow each other.

// Those of the host, also where a test puts clocks of its own in their place later.
const { setImmediate, setTimeout } = /** @type {any} */ (globalThis);
const begin = setImmediate ?? setTimeout;

/** Is fulfilled once the event loop has turned. A host without timers has none to wait for. */
export function turn() {
  return new Promise((resolve) => {
    if (begin === undefined) resolve(undefined);
    else begin(resolve, 0);
  });
}
