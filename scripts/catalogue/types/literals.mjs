// Pieces of TypeScript.

/** A name as a property: quoted where it has to be. */
export function property(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A value as its own type. */
export function literal(value) {
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** A comment of one line, indented as a member; nothing, where there is nothing to say. */
export function comment(sentences) {
  const text = sentences.filter(Boolean).join(' ').replaceAll('*/', '*\\/');
  return text === '' ? '' : `  /** ${text} */\n`;
}

function quoted(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
