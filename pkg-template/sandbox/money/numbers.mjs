import { createHash } from 'node:crypto';
import { beijingTime } from '../beijing-time.mjs';
import { DIGITS, randomText } from '../random-text.mjs';

/** The day of a time in Beijing: `20261127`. */
function dayOf(now) {
  return beijingTime(now).slice(0, 10).replaceAll('-', '');
}

// Each in the form of the documented examples.

/** `wx201410272009395522657a690389285100` */
export function prepayId(now) {
  const time = beijingTime(now).slice(0, 19).replace(/\D/g, '');
  return `wx${time}${randomText('0123456789abcdef', 20)}`;
}

/** `4200001234202611270123456789`: 28 digits. */
export const transactionId = (now) =>
  `420000${randomText(DIGITS, 4)}${dayOf(now)}${randomText(DIGITS, 10)}`;

/** `50000000382019052709732678859`: 29 digits. */
export const refundId = (now) =>
  `5030${randomText(DIGITS, 6)}${dayOf(now)}${randomText(DIGITS, 11)}`;

/** `1330000071100999991182020050700019480001`: 40 digits. */
export const transferBillNo = (now) =>
  `133000${randomText(DIGITS, 16)}${dayOf(now)}${randomText(DIGITS, 10)}`;

/** `3008450740201411110007820472`: 28 digits. */
export const sharingId = (now) =>
  `3008${randomText(DIGITS, 6)}${dayOf(now)}${randomText(DIGITS, 10)}`;

/**
 * Whether two requests are the same is seen by this: the state holds none of the names and numbers that
 * a request may have.
 */
export function fingerprint(value) {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value)
    .sort()
    .map((name) => [name, sorted(value[name])]);
}
