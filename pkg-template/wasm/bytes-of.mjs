// Decodes base64 in every runtime.

export function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  // Through globalThis, so that no bundler adds a Buffer polyfill.
  if (globalThis.Buffer) return globalThis.Buffer.from(text, 'base64');
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from(binary, f)` is much slower.
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
