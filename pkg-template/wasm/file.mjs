// Reads the Wasm files beside this one in Node. Reading a file is the fastest way to get its bytes.

/**
 * Returns the bytes of a file. It returns undefined in a bundle, whose modules have no file name;
 * if the file may not be read; and in Deno, which would ask its user for permission.
 */
export function read(name) {
  if (module.filename === undefined || globalThis.Deno) return undefined;
  try {
    return require('node:fs').readFileSync(`${__dirname}/${name}`);
  } catch {
    return undefined;
  }
}
