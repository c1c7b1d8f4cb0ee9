// The bytes of Wasm files from the text that they are in this module as (`scripts/pack-text.mjs`).

import { bytesOf } from './bytes-of.mjs';
import decoder from './unpack.wasm';

// The decoder keeps a vector's distance between what it reads and what it writes.
const TEXT = 16;

export function unpack(texts) {
  const module = new WebAssembly.Module(bytesOf(decoder));
  const { memory, unpack } = new WebAssembly.Instance(module).exports;
  memory.grow((Math.max(...texts.map((text) => text.length)) + 2 * TEXT) >> 16);
  const room = new Uint8Array(memory.buffer);
  const encoder = new TextEncoder();
  return texts.map((text) => {
    encoder.encodeInto(text, room.subarray(TEXT));
    return room.slice(0, unpack(TEXT + text.length));
  });
}
