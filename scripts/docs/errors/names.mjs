// The pages of errors by their names: `error.docs` opens them, so that the package knows them, too.

/** @returns {{ own: object[], options: string[], fields: string[], theirs: object[] }} */
export function pagesOfErrors(kinds, places, errors, clientOptions) {
  const namesOf = (start) =>
    [...places.keys()]
      .filter((place) => place.startsWith(`${start}.`))
      .map((place) => place.slice(start.length + 1));
  const sorted = (names) =>
    [...new Set(names)].sort((one, other) => one.localeCompare(other, 'en'));
  const own = kinds.filter(({ code }) => /^\w+$/.test(code));
  return {
    own,
    options: sorted([...clientOptions, ...namesOf('ERR_CONFIG')]),
    fields: sorted(namesOf('ERR_PARAM')),
    theirs: errors.filter((error) => own.every(({ code }) => code !== error.code)),
  };
}

/** The name of the page of an option. */
export const optionPageName = (option) => `ERR_CONFIG-${option}`;

/** The names of all pages of one error. */
export function namesOfPages({ own, options, theirs }) {
  return [
    ...own.map(({ code }) => code),
    ...options.map(optionPageName),
    ...theirs.map(({ code }) => code),
  ];
}
