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

const posted = await results().catch((error) => [{ name: 'the page', error: `${error?.stack}` }]);
await fetch('/results', { method: 'POST', body: JSON.stringify({ results: posted, warnings }) });
