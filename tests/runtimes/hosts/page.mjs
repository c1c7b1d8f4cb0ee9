// A page. It collects the warnings, and posts its results to the server that it comes from.

const warnings = [];
const { warn } = console;
console.warn = (...args) => {
  warnings.push(args.join(' '));
  warn.apply(console, args);
};

async function results() {
  const [wechatpay, { suite }, connections] = await Promise.all([
    import('wechatpay-wasm'),
    import('../suite.mjs'),
    fetch('/connections').then((response) => response.json()),
  ]);
  return suite(wechatpay, connections);
}

async function post() {
  const posted = await results().catch((error) => [{ name: 'the page', error: `${error?.stack}` }]);
  posted.push(await forbidden());
  await fetch('/results', { method: 'POST', body: JSON.stringify({ results: posted, warnings }) });
}

/** The same page in a frame whose policy forbids WebAssembly: it says so. */
async function forbidden() {
  const name = 'a page whose Content-Security-Policy forbids WebAssembly is told so';
  const frame = document.createElement('iframe');
  frame.src = '/page.html?forbidden';
  const told = new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data));
  });
  document.body.append(frame);
  const said = await told;
  return said.includes("add 'wasm-unsafe-eval' to its script-src")
    ? { name }
    : { name, error: said };
}

async function tell() {
  const { Wechatpay } = await import('wechatpay-wasm');
  try {
    Wechatpay.fromEnv({});
    return 'no error';
  } catch (error) {
    return error.message;
  }
}

if (location.search === '?forbidden') {
  parent.postMessage(await tell().catch((error) => `${error?.stack}`), '*');
} else {
  await post();
}
