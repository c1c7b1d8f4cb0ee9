// The example that `nuxt build` compiles for Node.
import { suiteOf } from './suite.mjs';

suiteOf('nuxt');
