import { STATUS_CODES } from 'node:http';
import { documentedError } from './business-code.mjs';
import { Refusal } from './refusal.mjs';

/** The age of a stale response in seconds: twice what a client may accept. */
const STALENESS = 600;

const PROBE = 'WECHATPAY/SIGNTEST/';

/** The statuses that a gateway sends itself, when it does not reach the server behind it. */
const GATEWAY_STATUSES = [502, 504];

// The documented table of status codes, with its messages (doc 4012081717).
const REFUSALS = {
  400: { code: 'PARAM_ERROR', message: '参数错误' },
  401: { code: 'SIGN_ERROR', message: '签名验证失败' },
  403: { code: 'NO_AUTH', message: '权限异常' },
  404: { code: 'RESOURCE_NOT_EXISTS', message: '请求的资源不存在' },
  429: { code: 'RATELIMIT_EXCEEDED', message: '请求超过频率限制' },
  500: { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' },
  503: { code: 'SERVICE_UNAVAILABLE', message: '服务不可用，过载保护' },
};
// The documents name no code for other statuses. These are the public error codes of the same kind
// (doc 4012081726).
const REFUSED = { code: 'INVALID_REQUEST', message: '无效请求' };
const FAILED = { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' };

/** Makes the refusal for the faults `status` and `code`. */
export function refusalWith({ status, code }) {
  if (code !== undefined) {
    const { status: documented, message } = documentedError(code);
    const reason = `code=${code} was requested`;
    return new Refusal({ status: status ?? documented, code, message, reason });
  }
  const documented = GATEWAY_STATUSES.includes(status)
    ? { code: undefined }
    : (REFUSALS[status] ?? (status < 500 ? REFUSED : FAILED));
  return new Refusal({ status, ...documented, reason: `status=${status} was requested` });
}

/** Returns the timestamp of a response, in seconds. */
export function signedAt(now, { stale }) {
  return stale ? now - STALENESS : now;
}

/**
 * Applies the faults that change a response after it was signed.
 *
 * @param {{ status: number, headers: Record<string, string>, body: Buffer }} response
 * @param {import('../sandbox.d.ts').SandboxFaults} faults
 */
export function applyFaults(response, { status, code, probe, tamper, unsigned }) {
  const isGateway = code === undefined && GATEWAY_STATUSES.includes(status);
  let changed = isGateway ? gatewayResponse(response) : response;
  if (probe) changed = { ...changed, headers: withProbe(changed.headers) };
  if (unsigned) changed = { ...changed, headers: withoutSignature(changed.headers) };
  if (tamper) changed = { ...changed, body: tampered(changed.body) };
  return changed;
}

/** Responds as nginx does: with HTML, and without any of WeChat Pay's headers. */
function gatewayResponse({ status, headers }) {
  const title = `${status} ${STATUS_CODES[status]}`;
  const body = Buffer.from(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n` +
      `<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  );
  return {
    status,
    body,
    headers: {
      Date: headers.Date,
      'Content-Type': 'text/html',
      'Content-Length': String(body.length),
    },
  };
}

/** A signature that WeChat Pay sends on purpose, to see whether it is verified. */
function withProbe(headers) {
  const signature = headers['Wechatpay-Signature'];
  return signature === undefined
    ? headers
    : { ...headers, 'Wechatpay-Signature': `${PROBE}${signature}` };
}

function withoutSignature(headers) {
  const others = Object.entries(headers).filter(([name]) => !name.startsWith('Wechatpay-'));
  return Object.fromEntries(others);
}

// Changes one bit of the last digit or letter. JSON stays valid JSON, so that only the signature
// shows the change.
function tampered(body) {
  const changed = Buffer.from(body);
  const at = changed.findLastIndex((byte) => /[0-9A-Za-z]/.test(String.fromCharCode(byte)));
  if (at >= 0) changed[at] ^= 1;
  return changed;
}
