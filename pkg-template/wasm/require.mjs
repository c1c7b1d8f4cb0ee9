// For `require` in every runtime that may compile bytes. They are in a module beside this one, which
// bundlers follow. Apart, since Node reads a CommonJS module to its end for the names of its exports
// before an `import` gets it.

export default new WebAssembly.Module(require('./wasm.cjs').firstBytes);
