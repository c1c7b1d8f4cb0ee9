// The example that Next.js compiles on demand. It takes longest, so it has a test file of its own.
import { suiteOf } from './suite.mjs';

suiteOf('next');
