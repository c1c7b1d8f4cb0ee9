// A proxy as a company has it: it opens tunnels (CONNECT), and passes on requests for plain http.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

import { onLoopback } from '../loopback.mjs';

/** Opens the proxy on loopback. `seen` lists the hosts that were asked for; `refuses`, if true, answers 407. */
export async function openConnectProxy() {
  const proxy = { seen: [], refuses: false };
  const server = createServer((incoming, response) => {
    const { method, url, headers } = incoming;
    const { host } = new URL(url);
    proxy.seen.push(host);
    if (proxy.refuses) return response.writeHead(407).end();
    const outgoing = request(url, { method, headers: { ...headers, host } }, (upstream) => {
      response.writeHead(upstream.statusCode, upstream.rawHeaders);
      upstream.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connect', ({ url }, socket) => {
    proxy.seen.push(url);
    socket.on('error', () => {});
    if (proxy.refuses) {
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    }
    const [host, port] = url.split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return Object.assign(proxy, await onLoopback(server));
}
