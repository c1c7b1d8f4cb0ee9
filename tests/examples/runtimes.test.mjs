// The examples that run on other runtimes.
import { suiteOf } from './suite.mjs';

for (const name of ['worker', 'deno', 'bun']) suiteOf(name);
