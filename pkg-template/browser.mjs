// A merchant's private key in a page is everybody's. Which host this is, is asked of what it has, and
// nothing is touched that may not be there.

let warned = false;

/** Says so, once, where a client is opened in a browser. */
export function warnInBrowser() {
  if (warned || !inBrowser()) return;
  warned = true;
  globalThis.console?.warn(
    'wechatpay-wasm: this looks like a browser, and a merchant key does not belong in one: whoever ' +
      'opens the page can read it and act as the merchant. Call WeChat Pay from your server.',
  );
}

// Every browser calls itself Mozilla, pages and workers alike, and no server runtime does. So does
// jsdom, in tests under Node.
function inBrowser() {
  const { navigator, process } = globalThis;
  return /^Mozilla\//.test(navigator?.userAgent) && process?.versions?.node === undefined;
}
