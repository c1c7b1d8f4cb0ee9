// The server of the end-to-end run, a process of its own: it answers every POST with one answer that
// was signed before, and prints its port.

import { createServer } from 'node:http';
import { answer, signed } from './connection.mjs';

// Well within the 300 seconds for which an answer is believed.
const ANEW = 60_000;

const body = JSON.stringify(answer);
let { headers } = signed(body);
setInterval(() => {
  headers = signed(body).headers;
}, ANEW).unref();

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(body));
});
// While one contestant has its turn, the others' connections stay open.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address().port)));

// Whoever started it has gone.
process.stdin.resume().on('end', () => process.exit());
