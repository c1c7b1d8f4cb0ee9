// What only WeChat Pay can say: whether it knows the merchant, by `echo`, and whether the APIv3 key is that of the
// merchant platform, by a certificate that it opens.

import { errorLine } from '../error-line.mjs';
import { told } from '../language.mjs';

/**
 * What WeChat Pay's message of a SIGN_ERROR is about. The client's own words follow it: the first one counts.
 */
const ABOUT = [
  [/证书序列号/, 'serial'],
  [/商户号/, 'mchid'],
  [/timestamp|时间/, 'clock'],
];

/** The check of the APIv3 key's value; `apiv3Key` is that of its form. */
const MATCH = 'apiv3KeyMatch';
const NONE = 'doctor.apiv3Key-unknown';

// Of the client's errors, by their codes.
const MENDS = {
  ERR_SIGNATURE_INVALID: 'publicKey',
  ERR_SERIAL_UNKNOWN: 'publicKeyId',
  ERR_SIGNATURE_MISSING: 'unsigned',
  ERR_TIMESTAMP_SKEW: 'clock',
  ERR_RESPONSE_INVALID: 'privateKey',
  PARAM_ERROR: 'publicKey',
  ERR_CONFIG: 'certs',
  ERR_NETWORK: 'network',
  ERR_TIMEOUT: 'network',
  ERR_REDIRECT: 'redirect',
  HTTP_502: 'gateway',
  HTTP_503: 'gateway',
  HTTP_504: 'gateway',
};

/**
 * @param {any} all the package
 * @param {import('../credentials.mjs').Credentials} credentials
 * @param {{ isRight: boolean, isReached: boolean, origin: string | undefined }} before
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 */
export async function checkAccount(all, { env }, { isRight, isReached, origin }, add) {
  if (!isRight || !isReached) {
    const says = told(isRight ? 'doctor.not-reached' : 'doctor.not-configured');
    const checks = ['echo', ...(env.WECHATPAY_APIV3_KEY === undefined ? [] : [MATCH])];
    for (const check of checks) add({ check, status: 'skipped', says });
    return;
  }
  const wxpay = all.Wechatpay.fromEnv(env);
  const values = { host: new URL(origin).host };
  try {
    const { echoMessage, encryptedEchoMessage } = await wxpay.echo();
    // Only if it is the same, WeChat Pay has decrypted it.
    const key = encryptedEchoMessage === echoMessage ? 'doctor.echo-decrypted' : 'doctor.echo';
    add({ check: 'echo', status: 'ok', says: told(key, values) });
  } catch (error) {
    if (!(error instanceof all.WechatpayError)) throw error;
    // It could not open the certificates that were to be downloaded first.
    if (error.option === 'apiv3Key') {
      refuseApiv3Key(error, add);
      add({ check: 'echo', status: 'skipped', says: told('doctor.no-certificates') });
      return;
    }
    const says = errorLine(error);
    add({ check: 'echo', status: 'failed', says, mend: told(mendOf(error)) });
    // Where WeChat Pay itself refuses the echo alone, it may still give its certificates.
    if (!error.verified || error.code === 'SIGN_ERROR') {
      if (env.WECHATPAY_APIV3_KEY !== undefined) {
        add({ check: MATCH, status: 'skipped', says: told('doctor.no-echo') });
      }
      return;
    }
  }
  if (env.WECHATPAY_APIV3_KEY !== undefined) await checkApiv3Key(all, wxpay, add);
}

/** The key of the text that says what to do. */
function mendOf({ code, message, detail }) {
  if (code !== 'SIGN_ERROR') {
    // WeChat Pay's own errors have codes.
    const other = code.startsWith('HTTP_') ? 'unsigned' : 'other';
    return `doctor.echo.${MENDS[code] ?? other}`;
  }
  // With the string that it expected, it has found the merchant and its certificate.
  if (detail?.sign_information !== undefined) return 'doctor.echo.privateKey';
  const [first] = ABOUT.map(([words, about]) => ({ at: message.search(words), about }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return `doctor.echo.${first?.about ?? 'privateKey'}`;
}

async function checkApiv3Key(all, wxpay, add) {
  try {
    const certificates = await wxpay.certificates();
    const count = certificates.length;
    const isShown = count > 0;
    add({
      check: MATCH,
      status: isShown ? 'ok' : 'unknown',
      says: told(isShown ? `doctor.apiv3Key-${count === 1 ? 'shown-one' : 'shown'}` : NONE, {
        count,
      }),
    });
  } catch (error) {
    if (!(error instanceof all.WechatpayError)) throw error;
    if (error.option === 'apiv3Key') refuseApiv3Key(error, add);
    else if (error.verified) add({ check: MATCH, status: 'unknown', says: told(NONE) });
    else {
      const says = told('doctor.apiv3Key-unasked', { problem: errorLine(error) });
      add({ check: MATCH, status: 'unknown', says });
    }
  }
}

function refuseApiv3Key({ message }, add) {
  const mend = told('doctor.apiv3Key.mend');
  add({ check: MATCH, status: 'failed', says: message, mend });
}
