// The example that `next build` compiles and `next start` serves.
import { suiteOf } from './suite.mjs';

suiteOf('nextjs');
