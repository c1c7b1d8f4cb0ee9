// Started by upload.test.mjs, in a process of its own. Prints how many bytes JavaScript holds for each byte
// of the files that are being uploaded.
import { setTimeout as passed } from 'node:timers/promises';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';

const [count, length] = [16, 4 << 20];
// A fetch holds what it sends.
const sent = [];
const fetch = (_, init) => {
  sent.push(init.body);
  return new Promise(() => {});
};
const wxpay = new Wechatpay({ ...merchant, fetch, timeout: 60_000 });

async function* parts() {
  for (let left = length; left > 0; left -= 65_536) yield Buffer.alloc(65_536, 7);
}
const files = {
  bytes: () => new Uint8Array(length),
  Blob: () => new Blob([new Uint8Array(length)]),
  stream: parts,
};
async function bytesHeld() {
  // Buffers are freed some time after they are collected.
  for (let at = 0; at < 10; at += 1) {
    globalThis.gc();
    await passed(10);
  }
  return process.memoryUsage().arrayBuffers;
}

const held = {};
for (const [kind, file] of Object.entries(files)) {
  // The caller's own are not counted.
  const given = Array.from({ length: count }, file);
  const before = await bytesHeld();
  const abort = new AbortController();
  for (let at = 0; at < count; at += 1) {
    const params = { file: given[at], filename: 'a.png', maxBytes: length };
    wxpay.upload('/v3/x', params, { signal: abort.signal }).catch(() => {});
  }
  while (sent.length < count) await passed(20);
  held[kind] = ((await bytesHeld()) - before) / (count * length);
  abort.abort();
  sent.length = 0;
  await passed(100);
}
console.log(JSON.stringify(held));
process.exit();
