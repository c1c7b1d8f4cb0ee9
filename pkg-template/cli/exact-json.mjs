// JSON keeps its own numbers here: JavaScript's have 53 bits, and WeChat Pay's integers may have 64.

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

/** JSON as it arrived, which `print` writes with its own digits. */
export class ExactJson {
  /** @param {string} text valid JSON */
  constructor(text) {
    this.text = text;
  }
}

/**
 * JSON of a value, two spaces a level. An `ExactJson` in it has its own numbers and texts.
 *
 * @param {unknown} value
 * @param {string} [margin] before each line but the first
 * @returns {string | undefined} undefined for what JSON does not have
 */
export function indented(value, margin = '') {
  if (value instanceof ExactJson) return indentedText(value.text, margin);
  if (typeof value !== 'object' || value === null || typeof value.toJSON === 'function') {
    return JSON.stringify(value, undefined, 2)?.replaceAll('\n', `\n${margin}`);
  }
  const inner = `${margin}  `;
  const isList = Array.isArray(value);
  const members = Object.entries(value).map(([name, each]) => {
    const text = indented(each, inner);
    if (isList) return text ?? 'null';
    return text === undefined ? undefined : `${JSON.stringify(name)}: ${text}`;
  });
  const all = members.filter((each) => each !== undefined).map((each) => `\n${inner}${each}`);
  const [open, close] = isList ? '[]' : '{}';
  return all.length === 0 ? `${open}${close}` : `${open}${all.join(',')}\n${margin}${close}`;
}

/** The same text with other white space. */
function indentedText(text, margin) {
  let level = 0;
  let before = '';
  let written = '';
  const line = () => `\n${margin}${'  '.repeat(level)}`;
  for (const [token] of text.matchAll(TOKEN)) {
    const isEnd = token === '}' || token === ']';
    if (isEnd) level -= 1;
    const isFirst = before === '{' || before === '[';
    if ((isFirst && !isEnd) || (isEnd && !isFirst) || before === ',') written += line();
    written += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') level += 1;
    before = token;
  }
  return written;
}
