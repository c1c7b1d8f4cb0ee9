// The examples that run on Node.
import { suiteOf } from './suite.mjs';

for (const name of ['express', 'hono']) suiteOf(name);
