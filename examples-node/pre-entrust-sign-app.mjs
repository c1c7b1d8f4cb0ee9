// Asks for the pre-sign id with which a phone app opens WeChat's contract page, and shows each step.
//
// With WECHATPAY_MCHID and the rest in the environment it asks WeChat Pay itself; without, a sandbox
// on loopback, which checks what it is sent with code of its own. Started by `npm run demo`.
import { Wechatpay, WechatpayError } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const real = process.env.WECHATPAY_MCHID !== undefined;
const appid = process.env.APPID ?? 'wxd678efh567h23787';
const outContractCode = process.env.OUT_CONTRACT_CODE ?? 'APPLYMENT_00000000001';

const sandbox = real ? undefined : await createSandbox();
try {
  const wxpay = real ? Wechatpay.fromEnv() : new Wechatpay({ ...sandbox.options, fetch: shown });
  const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
  if (sandbox) {
    const { message, verdict } = sandbox.requests.at(-1);
    show('the string that was signed, as the sandbox rebuilt it', message);
    show("the sandbox's verdict", `${verdict.ok ? 'accepted' : 'refused'}: ${verdict.reason}`);
  }
  show('the verified answer', `preEntrustwebId ${preEntrustwebId}`);
} catch (error) {
  if (!(error instanceof WechatpayError)) throw error;
  // Every error says who is at fault and what to do, and none of them holds a secret.
  console.error(`\n${error.name} ${error.code}\n  ${error.message}`);
  process.exitCode = 1;
} finally {
  await sandbox?.close();
}

/** The host's fetch, with what goes out and comes back shown. Its headers authorise: never show them. */
async function shown(url, init) {
  const { pathname, host } = new URL(url);
  show('the request line', `${init.method} ${pathname} to ${host}`);
  const response = await fetch(url, init);
  const body = await response.clone().text();
  const signer = response.headers.get('Wechatpay-Serial');
  show('the answer, not verified yet', `HTTP ${response.status}, signed by ${signer}\n${body}`);
  return response;
}

function show(what, text) {
  console.log(`\n${what}\n  ${text.trimEnd().replaceAll('\n', '\n  ')}`);
}
