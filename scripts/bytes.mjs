// How many bytes something is, as it is and compressed as it goes over a wire.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Every parameter that has a say, so that no version's default does.
const gzip = { level: 9, memLevel: 8, windowBits: 15, strategy: constants.Z_DEFAULT_STRATEGY };
const brotli = {
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_LGWIN]: 22,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_GENERIC,
};

/** The sizes of some bytes. */
export function compressed(bytes) {
  const params = { ...brotli, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, gzip).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

/** A number for people: `344,332`. */
export function thousands(number) {
  return number.toLocaleString('en');
}
