// node serve-egg.mjs FOLDER: serves an Egg application in one process, as it runs in production. Egg's own
// command starts more processes, and writes into the application's folder.

import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { root } from './run.mjs';

const { start } = createRequire(join(root, 'examples-node/hosts/package.json'))('egg');

const written = join(root, 'target/egg');
process.env.EGG_SERVER_ENV = 'prod';
process.env.EGG_HOME = written;
process.env.EGG_APP_CONFIG = JSON.stringify({
  rundir: join(written, 'run'),
  logger: { consoleLevel: 'INFO', disableConsoleAfterReady: false },
});

const app = await start({ baseDir: resolve(process.argv[2]), ignoreWarning: true });
const server = app.listen(Number(process.env.PORT ?? 7001), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
