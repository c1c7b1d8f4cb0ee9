// A merchant's private key in a web page is public, so the package warns in a browser. It detects a
// browser by the globals that exist, and touches nothing that may be missing.

let warned = false;

/** Warns once when a client is created in a browser. */
export function warnInBrowser() {
  if (warned || !inBrowser()) return;
  warned = true;
  globalThis.console?.warn(
    'wechatpay-wasm: this looks like a browser. A merchant key does not belong in a browser: ' +
      'anyone who opens the page can read the key and act as the merchant. ' +
      'Call WeChat Pay from your server.',
  );
}

// The user agent of every browser starts with Mozilla, in pages and in workers. That of a server
// runtime does not. jsdom's does too, but it runs under Node.
function inBrowser() {
  const { navigator, process } = globalThis;
  // No regular expression: one that overflows the stack throws a SyntaxError.
  return (
    String(navigator?.userAgent).startsWith('Mozilla/') && process?.versions?.node === undefined
  );
}
