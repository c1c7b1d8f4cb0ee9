import { STATUS_CODES } from 'node:http';
import { Refusal } from './refusal.mjs';

/** Seconds by which the timestamp of a stale response lies back: twice what a client may take. */
const STALENESS = 600;

/** What a gateway says by itself, where it does not reach what stands behind it. */
const GATEWAY_STATUSES = [502, 504];

// The table of status codes (doc 4012081717), and its words.
const REFUSALS = {
  400: { code: 'PARAM_ERROR', message: '参数错误' },
  401: { code: 'SIGN_ERROR', message: '签名验证失败' },
  403: { code: 'NO_AUTH', message: '权限异常' },
  404: { code: 'RESOURCE_NOT_EXISTS', message: '请求的资源不存在' },
  429: { code: 'RATELIMIT_EXCEEDED', message: '请求超过频率限制' },
  500: { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' },
  503: { code: 'SERVICE_UNAVAILABLE', message: '服务不可用，过载保护' },
};
// For the others no code is documented; these are the public ones of the same kind (doc 4012081726).
const REFUSED = { code: 'INVALID_REQUEST', message: '无效请求' };
const FAILED = { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' };

/** The refusal with a status that was asked for. */
export function refusalWith(status) {
  const documented = GATEWAY_STATUSES.includes(status)
    ? { code: undefined }
    : (REFUSALS[status] ?? (status < 500 ? REFUSED : FAILED));
  return new Refusal({ status, ...documented, reason: `status=${status} was asked for` });
}

/** The second in which a response says that it was signed. */
export function signedAt(now, { stale }) {
  return stale ? now - STALENESS : now;
}

/**
 * Spoils a response after it was signed.
 *
 * @param {{ status: number, headers: Record<string, string>, body: Buffer }} response
 * @param {import('../sandbox.d.ts').SandboxFaults} faults
 */
export function tamper(response, { status, tamper, unsigned }) {
  let spoilt = GATEWAY_STATUSES.includes(status) ? gatewayResponse(response) : response;
  if (unsigned) spoilt = { ...spoilt, headers: withoutSignature(spoilt.headers) };
  if (tamper) spoilt = { ...spoilt, body: tampered(spoilt.body) };
  return spoilt;
}

/** As nginx does: HTML, and nothing that WeChat Pay signs. */
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

function withoutSignature(headers) {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('Wechatpay-'));
  return Object.fromEntries(kept);
}

// The last digit or letter becomes its neighbour: JSON stays JSON, so that it is the signature alone
// that tells.
function tampered(body) {
  const changed = Buffer.from(body);
  const at = changed.findLastIndex((byte) => /[0-9A-Za-z]/.test(String.fromCharCode(byte)));
  if (at >= 0) changed[at] ^= 1;
  return changed;
}
