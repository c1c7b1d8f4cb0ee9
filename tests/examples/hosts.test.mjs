// The examples of examples-node/hosts that run on Node.
import { suiteOf } from './suite.mjs';

for (const name of ['fastify', 'koa', 'egg', 'nestjs-express', 'nestjs-fastify']) suiteOf(name);
