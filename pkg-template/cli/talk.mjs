/**
 * Says something to whoever watches the terminal. Results alone go to stdout.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * If the reader of stdout or stderr goes away, the process goes on: what it writes is lost, and what it does
 * is done. A command that `sandbox` runs still needs the sandbox.
 */
export function goOnUnread() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/**
 * Text from elsewhere on one line: it may contain line breaks or a terminal's control characters.
 *
 * @param {string} text
 */
export function printable(text) {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0).toString(16)}}`,
  );
}
