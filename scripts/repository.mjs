// Where the repository and the site stand. Everything that links there takes it from here: package.json of the
// package, the site, and the tests of links. OWNER is a placeholder until the repository has its place.

/** The repository's page, without a slash at its end. */
export const repository = 'https://github.com/OWNER/wechatpay-wasm';

/** The site's first page, with a slash at its end. Its path is the site's `base`. */
export const site = 'https://OWNER.github.io/wechatpay-wasm/';
