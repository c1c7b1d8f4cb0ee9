/**
 * What a parameter of a path, a query or a form means, all of which are text: a number where the
 * document says so. A text that is none stays a text, so that the check names its type.
 *
 * @param {object} schema
 * @param {string[]} texts every value of the parameter
 */
export function textValue(schema, texts) {
  if (schema.type === 'array') return texts.map((text) => textValue(schema.items, [text]));
  const [text] = texts;
  if (schema.type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
