// The Wasm files as Node finds them, beside this one: nothing is there sooner than what is read as it is.

/**
 * The bytes of a file. None where a bundler has made one file of all, which gives its modules no file
 * name; where the file may not be read; and in Deno, which would ask its user.
 */
export function read(name) {
  if (module.filename === undefined || globalThis.Deno) return undefined;
  try {
    return require('node:fs').readFileSync(`${__dirname}/${name}`);
  } catch {
    return undefined;
  }
}
