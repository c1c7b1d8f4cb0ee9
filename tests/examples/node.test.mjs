// The examples on Node itself.
import { suiteOf } from './suite.mjs';

for (const name of ['express', 'hono', 'aws-lambda']) suiteOf(name);
