// Vercel's Edge runtime imports a Wasm file or fails: it cannot be asked first. So there is none.

export default () => undefined;
