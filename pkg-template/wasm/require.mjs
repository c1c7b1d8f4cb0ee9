// For `require` in every runtime that may compile bytes. The bytes are in a separate module, which
// bundlers include. It is separate because an `import` of a CommonJS module makes Node scan the
// complete file for export names.

export default () => require('./wasm.cjs').firstBytes();
