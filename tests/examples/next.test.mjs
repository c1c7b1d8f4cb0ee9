// The example that is compiled as it is asked for, which takes longest.
import { suiteOf } from './suite.mjs';

suiteOf('next');
