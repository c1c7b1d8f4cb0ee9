// Serves the built site on loopback, below its `base`, as a host of static files does.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * @param {{ folder: string, base: string, port?: number }} given
 * @returns {Promise<{ url: string, close(): Promise<void> }>} `url` with the base
 */
export async function serve({ folder, base, port = 0 }) {
  const server = createServer((request, response) => {
    respond(request, response, { folder, base }).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function respond(request, response, { folder, base }) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (!/^(GET|HEAD)$/.test(request.method)) return response.writeHead(405).end();
  if (!pathname.startsWith(base)) {
    return response.writeHead(pathname === '/' ? 302 : 404, { Location: base }).end();
  }
  const file = await fileOf(folder, pathname.slice(base.length));
  const found = file ?? join(folder, '404.html');
  const type = TYPES[extname(found)] ?? 'application/octet-stream';
  response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': type });
  if (request.method === 'HEAD') return response.end();
  createReadStream(found)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** The file for a path, or undefined. */
async function fileOf(folder, path) {
  const segments = decoded(path).split('/');
  if (segments.some((segment) => segment === '..' || /[\\\0]/.test(segment))) return undefined;
  const plain = join(folder, ...segments);
  for (const file of path === '' || path.endsWith('/') ? [join(plain, 'index.html')] : [plain]) {
    if (
      await stat(file).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

/** The path itself, and a file that is not there for one that no browser sends. */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return '..';
  }
}
