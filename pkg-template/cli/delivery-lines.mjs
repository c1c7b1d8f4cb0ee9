import { printable } from './talk.mjs';

/** How much of a handler's response is shown, in characters. */
const SHOWN = 200;

/**
 * What a handler answered to one attempt, as the control API tells it: `204`, `500 {"code":"FAIL"}`, or why
 * there is no answer.
 *
 * @param {{ status?: number, body?: string, error?: string, code?: string }} attempt
 */
export function answered({ status, body = '', error, code }) {
  if (status === undefined) return printable(code ?? error ?? 'no answer');
  const shown = body.trim().slice(0, SHOWN);
  return printable(shown === '' ? String(status) : `${status} ${shown}`);
}

/**
 * What became of a notification, when all is over: the lines of all its attempts.
 *
 * @param {{ eventType: string, url: string, delivered: boolean, attempts: object[] }} delivery
 */
export function deliveryLines({ eventType, url, delivered, attempts }) {
  const lines = attempts.map(
    (attempt, at) => `${eventType} to ${printable(url)}: attempt ${at + 1}: ${answered(attempt)}`,
  );
  return [...lines, delivered ? 'The handler has it.' : 'The handler does not have it.'];
}

/**
 * A duration as people say it: `0.15 s`, `15 s`, `3 min`, `6 h`.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds >= 3600) return `${Number((seconds / 3600).toPrecision(3))} h`;
  if (seconds >= 60) return `${Number((seconds / 60).toPrecision(3))} min`;
  return `${Number(seconds.toPrecision(2))} s`;
}
