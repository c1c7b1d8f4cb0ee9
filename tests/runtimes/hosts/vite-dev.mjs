// Vite's dev server, which a framework serves its pages with. The connections are the first argument.

import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  root: fileURLToPath(new URL('.', import.meta.url)),
  server: { middlewareMode: true, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  ssr: { noExternal: true },
});
const [wechatpay, { suite }] = await Promise.all([
  server.ssrLoadModule('/ssr.mjs'),
  import('../suite.mjs'),
]);
const results = await suite(wechatpay, JSON.parse(process.argv[2]));
await server.close();
console.log(JSON.stringify(results));
