// The examples of examples-node/hosts that run on Node.
import { suiteOf } from './suite.mjs';

for (const name of ['fastify', 'koa']) suiteOf(name);
