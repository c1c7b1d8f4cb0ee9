module.exports = {
  keys: process.env.EGG_KEYS, // Egg's own secret, for cookies
  // Neither a server of yours nor WeChat Pay has a CSRF token.
  security: { csrf: { ignore: ['/contracts', '/notify'] } },
  // A body that is no JSON gets a JSON response, not an HTML page.
  onerror: { accepts: () => 'json' },
};
