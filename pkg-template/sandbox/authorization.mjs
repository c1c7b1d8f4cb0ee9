/** The only scheme that APIv3 accepts for RSA keys (doc 4012365344). */
const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'];

/**
 * The largest difference between a request's timestamp and the server's clock, in seconds, in
 * either direction (doc 4012072670).
 */
export const TIMESTAMP_WINDOW = 300;

// These are WeChat Pay's documented messages (doc 4012072670). It documents none for mchid: that
// one is our own.
const MALFORMED = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》';
const WRONG_SCHEME = 'Http头Authorization认证类型不正确';
const WRONG_MCHID = '商户号mchid有误。';
const WRONG_SERIAL = '商户证书序列号有误。';
const OUTSIDE_WINDOW = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';

/**
 * Parses the Authorization header: the scheme, one space, then five times `name="value"`, separated
 * by commas only (doc 4012365344: double quotes, no spaces, any order).
 *
 * @param {string[]} values every Authorization header of the request
 * @returns {{ fields: Record<string, string> } | { problem: { message: string, reason: string } }}
 *   the five fields; or WeChat Pay's message and our reason. The reason never quotes the header,
 *   since programs print the records that contain it.
 */
export function parseAuthorization(values) {
  if (values.length !== 1) {
    return malformed(
      values.length === 0
        ? 'the Authorization header is missing'
        : 'it has more than one Authorization header',
    );
  }
  const [header] = values;
  const space = header.indexOf(' ');
  const scheme = space < 0 ? header : header.slice(0, space);
  if (scheme !== SCHEME) {
    return {
      problem: { message: WRONG_SCHEME, reason: `the Authorization scheme is not ${SCHEME}` },
    };
  }
  return space < 0
    ? malformed('the Authorization header has no fields')
    : parseFields(header.slice(space + 1));
}

function parseFields(text) {
  const fields = {};
  for (let at = 0; ; at += 1) {
    const equals = text.indexOf('="', at);
    const name = equals < 0 ? undefined : text.slice(at, equals);
    if (!FIELDS.includes(name)) {
      return malformed(
        `the Authorization header is not ${FIELDS.join(', ')}, each as name="value"`,
      );
    }
    if (Object.hasOwn(fields, name)) return malformed(`the Authorization header has ${name} twice`);
    const end = text.indexOf('"', equals + 2);
    if (end < 0) return malformed(`the value of ${name} in the Authorization header has no end`);
    fields[name] = text.slice(equals + 2, end);
    at = end + 1;
    if (at === text.length) break;
    if (text[at] !== ',') return malformed(`no comma follows ${name} in the Authorization header`);
  }
  const missing = FIELDS.find((name) => !Object.hasOwn(fields, name));
  return missing === undefined
    ? { fields }
    : malformed(`the Authorization header has no ${missing}`);
}

function malformed(reason) {
  return { problem: { message: MALFORMED, reason } };
}

/**
 * Checks the values of four fields. `isSignedBy` verifies the fifth, the signature.
 *
 * @param {Record<string, string>} fields
 * @param {{ mchid: string, serial: string }} merchant
 * @param {number} now seconds
 * @returns {{ message: string, reason: string } | undefined} undefined if all are right
 */
export function problemOfFields(fields, merchant, now) {
  if (fields.mchid !== merchant.mchid) {
    return { message: WRONG_MCHID, reason: `mchid is not ${merchant.mchid}` };
  }
  // In lower case, too: an SDK in wide use sends it so.
  if (fields.serial_no.toUpperCase() !== merchant.serial) {
    return {
      message: WRONG_SERIAL,
      reason: `serial_no is not ${merchant.serial}, the merchant certificate's`,
    };
  }
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(fields.timestamp)) {
    return { message: MALFORMED, reason: 'timestamp is not in decimal seconds' };
  }
  // The documents show 0-9 and A-Z. SDKs in use send other visible characters, too.
  if (!/^[!-~]{1,32}$/.test(fields.nonce_str)) {
    return { message: MALFORMED, reason: 'nonce_str is not 1 to 32 visible ASCII characters' };
  }
  const ahead = Number(fields.timestamp) - now;
  if (Math.abs(ahead) > TIMESTAMP_WINDOW) {
    const skew = `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} the sandbox's clock`;
    return {
      message: OUTSIDE_WINDOW,
      reason: `timestamp is ${skew}; ${TIMESTAMP_WINDOW} s are allowed`,
    };
  }
  return undefined;
}
