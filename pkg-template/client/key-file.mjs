// @ts-check
// What a file of a key or a certificate is as text: options and variables are texts.

/**
 * Its text, which is base64 where it is DER: no text begins so.
 *
 * @param {any} content a Buffer
 */
export function textOfFile(content) {
  const isDer = content[0] === 0x30 && content[1] >= 0x80;
  return content.toString(isDer ? 'base64' : 'utf8');
}
