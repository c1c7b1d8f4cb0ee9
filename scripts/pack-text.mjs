// A Wasm file as text of a JavaScript module. Base64 puts the borders of bytes between characters, where
// no compressor finds them: a third more than the file, compressed, too. Here a byte that is frequent in
// Wasm is one character, and any other is two, the first of which says which range it is of. All are
// printable ASCII, so that no encoding and no minifier touches them; none is a double quote or a
// backslash, so that none is escaped.
//
// `pkg-template/wasm/unpack.wat` reads it, and holds the same numbers.

const SPACE = 0x20;
const TILDE = 0x7e;

// What a character adds up to by itself, modulo 256: two ranges of bytes, 0xfc to 0x42 and 0x60 to 0x74.
const singles = (char) => char + (char > 0x66 ? 0xf9 : 0xdc);
const LAST_SINGLE = 0x7b;

// What the second character of a pair adds up to, by the first.
const pairs = new Map([
  [0x7c, 4],
  [0x7d, 94],
  [0x7e, 128],
]);

const characters = Array.from({ length: TILDE - SPACE + 1 }, (_, place) => SPACE + place).filter(
  (char) => char !== 0x22 && char !== 0x5c,
);

const texts = new Array(256);
for (const [first, offset] of pairs) {
  for (const char of characters) texts[(char + offset) % 256] ??= String.fromCharCode(first, char);
}
for (const char of characters) {
  if (char <= LAST_SINGLE) texts[singles(char) % 256] = String.fromCharCode(char);
}

/** The text of some bytes. */
export function packText(bytes) {
  return Array.from(bytes, (byte) => texts[byte]).join('');
}
