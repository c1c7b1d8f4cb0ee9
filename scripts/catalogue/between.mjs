// What may be wrong between the entries of the catalogue: two for one path, or one in a file where
// nobody would look for it.

/** The problems of the whole catalogue, whose files are `names`: each a line of text. */
export function problemsBetween({ operations, events, errors }, names) {
  const files = names.map((name) => name.replace(/\.yaml$/, ''));
  return [
    ...twice(operations, ({ method, path }) => `${method} ${path}`),
    ...twice(events, ({ names: [name] }) => name),
    ...twice(errors, ({ code }) => code),
    ...operations.flatMap((operation) => misplaced(operation, files)),
  ];
}

function twice(entries, nameOf) {
  const first = new Map();
  const problems = [];
  for (const entry of entries) {
    const name = nameOf(entry);
    if (first.has(name)) problems.push(`${entry.at}: ${name} is there already: ${first.get(name)}`);
    else first.set(name, entry.at);
  }
  return problems;
}

// The home of a path is the file with the longest name that the path begins with.
function misplaced({ path, at }, files) {
  const file = at.replace(/\.yaml:\d+$/, '');
  const homes = files.filter((name) => `${path}/`.startsWith(`/${name}/`));
  const home = homes.sort((a, b) => b.length - a.length)[0];
  if (home === file) return [];
  return [`${at}: ${path} belongs into ${home ?? 'a file of its first segments'}.yaml`];
}
