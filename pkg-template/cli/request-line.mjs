import { printable } from './talk.mjs';

/**
 * Formats a checked request as one line, with what is noted about it: `POST /v3/… → 400 PARAM_ERROR: /appid: is required`.
 *
 * The line contains neither the query, which may contain a secret, nor headers, nor the body.
 *
 * @param {import('../sandbox.d.ts').SandboxRequest} request
 */
export function requestLine({ method, url, result, notes, faults = {} }) {
  const { ok, status, code = ok ? 'accepted' : 'refused', reason } = result;
  const [path] = url.split('?');
  const applied = Object.entries(faults).map(([name, value]) =>
    value === true ? name : `${name}=${value}`,
  );
  const suffix = applied.length > 0 ? ` [${applied.join(', ')}]` : '';
  const noted = notes.map((note) => ` (${note})`).join('');
  return printable(`${method} ${path} → ${status} ${code}: ${reason}${noted}${suffix}`);
}

/**
 * Formats what became of a notification as one line: `TRANSACTION.SUCCESS to http://…: 204`. Like the line of
 * a request, it contains no query.
 *
 * @param {import('../sandbox.d.ts').SandboxDelivery} delivery
 */
export function deliveryLine({ eventType, url, delivered, attempts }) {
  const { status, error } = attempts.at(-1);
  const end = status ?? error.code ?? error.message;
  const times = attempts.length === 1 ? '' : ` at attempt ${attempts.length}`;
  const suffix = delivered ? '' : '; given up';
  return printable(`${eventType} to ${url.split('?')[0]}: ${end}${times}${suffix}`);
}
