import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidRequest } from './refusal.mjs';

/** The lifetime of a download URL in seconds (doc 4012556742). */
const URL_LIFETIME = 300;

/** The token of a download URL: what the file is, until when it can be had, and a code that only the sandbox makes. */
export function billToken(what, { merchant: { preSignSecret }, now }) {
  const content = JSON.stringify({ ...what, until: now + URL_LIFETIME });
  const payload = Buffer.from(content).toString('base64url');
  return `${payload}.${authenticationCode(payload, preSignSecret)}`;
}

/** What the file is that a token names. */
export function readBillToken(token, { merchant: { preSignSecret }, now }) {
  const [payload, code = ''] = token.split('.');
  const expected = Buffer.from(authenticationCode(payload, preSignSecret));
  const received = Buffer.from(code);
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) {
    throw invalidRequest('下载地址无效', 'the sandbox did not issue this token');
  }
  const { until, ...what } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (now > until) throw invalidRequest('下载地址已过期', 'the download URL is older than 5 min');
  return what;
}

function authenticationCode(payload, secret) {
  return createHmac('sha256', secret).update(`bill ${payload}`).digest('base64url');
}
