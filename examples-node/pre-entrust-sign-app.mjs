// Requests the pre-sign id with which a phone app opens WeChat's contract page, and shows each
// step.
//
// With WECHATPAY_MCHID and the other variables in the environment it calls WeChat Pay itself.
// Otherwise it calls a sandbox on loopback, which checks the request with its own code. `npm run
// demo` starts it.
import { Wechatpay, WechatpayError } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const real = Object.entries(process.env).some(([name, value]) => /^WECHATPAY_/.test(name) && value);
const appid = process.env.APPID ?? 'wxd678efh567h23787';
const outContractCode = process.env.OUT_CONTRACT_CODE ?? 'APPLYMENT_00000000001';

const sandbox = real ? undefined : await createSandbox();
console.log(real ? 'calling the host configured in WECHATPAY_*' : 'calling a sandbox on loopback');
showRequests();
try {
  const wxpay = real ? Wechatpay.fromEnv() : new Wechatpay(sandbox.options);
  const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
  if (sandbox) {
    const { result } = sandbox.requests.at(-1);
    show("the sandbox's result", `${result.ok ? 'accepted' : 'refused'}: ${result.reason}`);
  }
  show('the verified response', `preEntrustwebId ${preEntrustwebId}`);
} catch (error) {
  if (!(error instanceof WechatpayError)) throw error;
  // Every error says what is wrong and what to do. No error contains a secret.
  console.error(`\n${error.name} ${error.code}\n  ${error.message}`);
  process.exitCode = 1;
} finally {
  await sandbox?.close();
}

/** Replaces the runtime's fetch with one that shows each request and its response. */
function showRequests() {
  const { fetch } = globalThis;
  globalThis.fetch = async (url, init) => {
    const { pathname, host } = new URL(url);
    show('the request line', `${init.method} ${pathname} to ${host}`);
    show('the string that was signed', signedMessage(pathname, init));
    const response = await fetch(url, init);
    const body = await response.clone().text();
    const signer = response.headers.get('Wechatpay-Serial');
    show('the response, not verified yet', `HTTP ${response.status}, signed by ${signer}\n${body}`);
    return response;
  };
}

/**
 * Rebuilds the signed string from the request. The Authorization header authorizes requests, so the
 * example never shows it.
 */
function signedMessage(pathname, { method, headers, body }) {
  const field = (name) => new RegExp(`${name}="([^"]*)"`).exec(headers.Authorization)[1];
  const text = new TextDecoder().decode(body);
  return `${method}\n${pathname}\n${field('timestamp')}\n${field('nonce_str')}\n${text}\n`;
}

function show(what, text) {
  console.log(`\n${what}\n  ${text.trimEnd().replaceAll('\n', '\n  ')}`);
}
