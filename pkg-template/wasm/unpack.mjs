// Decodes Wasm files from the text that `scripts/pack-text.mjs` made of them.

import { bytesOf } from './bytes-of.mjs';
import decoder from './unpack.wasm';

// Where the text starts. The decoder works in place and reads one vector (16 bytes) ahead of its
// output.
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
