import { told } from './language.mjs';
import { printable, say } from './talk.mjs';

/** How much of a handler's response is shown, in characters. */
const SHOWN = 200;

/**
 * What a handler answered to one attempt, as the control API tells it: `204`, `500 {"code":"FAIL"}`, or why
 * there is no answer.
 *
 * @param {{ status?: number, body?: string, error?: string, code?: string }} attempt
 */
export function answered({ status, body = '', error, code }) {
  if (status === undefined) return printable(code ?? error ?? told('no-answer'));
  const shown = body.trim().slice(0, SHOWN);
  return printable(shown === '' ? String(status) : `${status} ${shown}`);
}

/**
 * Tells what became of a notification, when all is over: each attempt to whoever watches, and the whole as
 * JSON on stdout; `null` if there was none.
 *
 * @param {{ eventType: string, url: string, delivered: boolean, attempts: object[] } | null} delivery
 */
export function tellDelivery(delivery) {
  if (delivery === null) {
    say(told('no-notify-url'));
  } else {
    const { eventType, url, delivered, attempts } = delivery;
    for (const [at, attempt] of attempts.entries()) {
      const values = { url: printable(url), number: at + 1, answer: answered(attempt) };
      say(told('attempt', { eventType, ...values }));
    }
    say(told(delivered ? 'handler-has-it' : 'handler-lacks-it'));
  }
  process.stdout.write(`${JSON.stringify(delivery, undefined, 2)}\n`);
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
