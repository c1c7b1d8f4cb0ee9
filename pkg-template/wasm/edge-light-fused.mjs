// Vercel's Edge runtime fails if it cannot import a Wasm file, and cannot be asked before. So it
// gets no second file.

export default () => undefined;
