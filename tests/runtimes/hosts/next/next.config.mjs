// `next build` and `next build --webpack` write into separate folders.

import { fileURLToPath } from 'node:url';

export default {
  distDir: process.env.DIST_DIR,
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
};
