// Who may see and drive the sandbox: programs of this machine, and the sandbox's own page. The page shows
// what merchants send, and its buttons move money in tests; so it is stricter than the API, and allowedHosts
// opens nothing here.

import { createHash, timingSafeEqual } from 'node:crypto';
import { problemOfCaller } from '../caller.mjs';

/** The addresses of a socket that comes from the same machine. */
const LOOPBACK = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/;

/** What a browser says of a request that no page of another origin has caused. */
const OWN_SITES = ['same-origin', 'none'];

/**
 * Says why a request for the page or the control API is refused; undefined if it is not.
 *
 * @param {{ remoteAddress?: string, localPort: number }} socket
 * @param {Record<string, string>} headers
 */
export function problemOfWatcher({ remoteAddress = '', localPort }, headers) {
  if (!LOOPBACK.test(remoteAddress)) {
    return 'the page and the control API of the sandbox answer to its own machine alone';
  }
  const problem = problemOfCaller(headers, localPort, []);
  if (problem !== undefined) return problem.replace(/: if it is yours.*$/, '');
  const { host, origin, 'sec-fetch-site': site = 'none' } = headers;
  const isOwn = origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
  return isOwn && OWN_SITES.includes(site)
    ? undefined
    : 'the page and the control API of the sandbox answer no page but the own one';
}

/** Whether two texts are the same, in a time that does not tell how much of them is. */
export function isSameToken(one = '', other = '') {
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
