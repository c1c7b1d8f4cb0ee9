// Keys and signatures as text.

/** The bytes of a PEM file. */
export function derOf(pem) {
  return fromBase64(pem.replace(/-----[^-]+-----|\s/g, ''));
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
