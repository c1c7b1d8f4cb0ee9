// The package survives where the stack overflows, at any depth: as it survives what is thrown through its Wasm.
import { sweep } from './sweep.mjs';

sweep('the stack overflows at every depth', 'depths', { usual: 9, wide: 3 });
