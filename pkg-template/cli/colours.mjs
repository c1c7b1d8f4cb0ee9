const CODES = { red: 31, green: 32, yellow: 33, dim: 2 };

/**
 * Colours a text for stderr, if that is a terminal and nobody said otherwise (no-color.org).
 *
 * @param {keyof typeof CODES} colour
 * @param {string} text
 */
export function coloured(colour, text) {
  const { NO_COLOR, TERM } = process.env;
  if (!process.stderr.isTTY || NO_COLOR || TERM === 'dumb') return text;
  return `\x1b[${CODES[colour]}m${text}\x1b[0m`;
}
