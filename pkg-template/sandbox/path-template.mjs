/**
 * Matches a path with a template such as `/v3/certificates/{serial_no}`.
 *
 * @returns {Record<string, string> | undefined} the values of each `{name}`, still percent-encoded;
 *   undefined if the path does not match
 */
export function matchTemplate(template, path) {
  const expected = template.split('/');
  const segments = path.split('/');
  if (segments.length !== expected.length) return undefined;
  const named = {};
  for (const [index, part] of expected.entries()) {
    const segment = segments[index];
    if (part.startsWith('{') && segment !== '') named[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return named;
}

/**
 * Compares two templates that match the same path: of those, the one with the earlier literal segment
 * is meant. Negative if it is the first, 0 if both are written alike but for the names.
 */
export function compareTemplates(one, other) {
  const [first, second] = [shapeOf(one), shapeOf(other)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

// One digit for each segment: a literal comes before a variable.
function shapeOf(template) {
  return template
    .split('/')
    .map((segment) => (segment.startsWith('{') ? 1 : 0))
    .join('');
}
