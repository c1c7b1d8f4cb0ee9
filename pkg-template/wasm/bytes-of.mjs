// Bytes from base64, in every runtime.

export function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  // By way of globalThis, so that no bundler adds a Buffer of its own.
  if (globalThis.Buffer) return globalThis.Buffer.from(text, 'base64');
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // Not `Uint8Array.from(binary, f)`, which is much slower.
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
