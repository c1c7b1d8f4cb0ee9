// What babel, swc or ts-jest do in a project that uses them.

const { transformSync } = require('esbuild');

exports.process = (source) => ({ code: transformSync(source, { format: 'cjs' }).code });
