// @ts-check
// The texts of `messages/`, which the build puts here (`scripts/messages/tables.mjs`). Without it, what
// JavaScript says is English, and what the core says is its code.

/** The number of each text, in the base 36, between spaces. */
export const numbers = '';

/** The English texts of the core, a line each, in the order of their numbers: the first ones. */
export const english = '';

/** The Chinese texts, a line each. */
export const chinese = '';

/** The document that explains a code: `code number`, a line each. */
export const documents = '';
