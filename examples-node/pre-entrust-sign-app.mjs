// Asks for the pre-sign id with which a phone app opens WeChat's contract page, and shows each step.
//
// With WECHATPAY_MCHID and the rest in the environment it asks WeChat Pay itself; without, a sandbox
// on loopback, which checks what it is sent with code of its own. Started by `npm run demo`.
import { Wechatpay, WechatpayError } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const real = Object.entries(process.env).some(([name, value]) => /^WECHATPAY_/.test(name) && value);
const appid = process.env.APPID ?? 'wxd678efh567h23787';
const outContractCode = process.env.OUT_CONTRACT_CODE ?? 'APPLYMENT_00000000001';

const sandbox = real ? undefined : await createSandbox();
console.log(real ? 'asking whom WECHATPAY_* names' : 'asking a sandbox on loopback');
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
  // Every error says who is at fault and what to do, and none of them holds a secret.
  console.error(`\n${error.name} ${error.code}\n  ${error.message}`);
  process.exitCode = 1;
} finally {
  await sandbox?.close();
}

/** Shows what goes out through the host's fetch, and what comes back. */
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

/** Put together from what goes out. The Authorization header itself authorises: it is never shown. */
function signedMessage(pathname, { method, headers, body }) {
  const field = (name) => new RegExp(`${name}="([^"]*)"`).exec(headers.Authorization)[1];
  const text = new TextDecoder().decode(body);
  return `${method}\n${pathname}\n${field('timestamp')}\n${field('nonce_str')}\n${text}\n`;
}

function show(what, text) {
  console.log(`\n${what}\n  ${text.trimEnd().replaceAll('\n', '\n  ')}`);
}
