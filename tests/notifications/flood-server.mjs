// Started by flood.test.mjs, in a process of its own: a server of notifications as README has it. It says
// how much memory it has when it is asked.
import { createServer } from 'node:http';

import { onLoopback } from '../loopback.mjs';

// Before the package makes its first one.
const memories = [];
const { Memory, Instance } = WebAssembly;
for (const [name, Base] of Object.entries({ Memory, Instance })) {
  WebAssembly[name] = class extends Base {
    constructor(...values) {
      super(...values);
      const made = name === 'Memory' ? this : this.exports.memory;
      if (made !== undefined) memories.push(made);
    }
  };
}
const { notificationResponse } = await import('wechatpay-wasm');
const { client } = await import('./encrypted-notification.mjs');

const wxpay = client();
const codes = {};
let settled = 0;
const server = createServer(async (request, response) => {
  const { status, headers, body } = await wxpay
    .notification(request)
    .then(() => {
      settled += 1;
    })
    .then(
      () => notificationResponse(),
      (error) => {
        codes[error.code] = (codes[error.code] ?? 0) + 1;
        return notificationResponse(error);
      },
    );
  response.writeHead(status, headers).end(body);
});
const { url } = await onLoopback(server);

process.on('message', async () => {
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  const wasm = memories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0);
  process.send({ held: heapUsed + external, wasm, codes, settled });
});
process.send({ url });
// Ends with its parent.
process.on('disconnect', () => process.exit());
