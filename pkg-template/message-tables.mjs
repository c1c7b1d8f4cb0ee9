// @ts-check
// The texts of `messages/`, which the build puts here (`scripts/messages/tables.mjs`). Without it, what
// JavaScript says is English, and what the core says is its code.

/** The number of each text, in the base 36, between spaces. */
export const numbers = '';

/** The English texts of the core, a line each, in the order of their numbers: the first ones. */
export const english = '';

/** The Chinese texts, a line each. */
export const chinese = '';

/** The site with the pages of errors, with a slash at its end. */
export const site = '';

/** The names of those pages, between spaces: a code, or ERR_CONFIG and an option. */
export const pages = '';
