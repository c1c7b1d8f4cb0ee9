// @ts-check
// Why `fetch` failed, as each host says it: its short word, and whether it is certain that no connection
// was made. What is not certain may have been carried out.

import { part } from './foreign.mjs';

// A connection that was not made. No other word means that: EHOSTUNREACH, for one, may end a connection that
// was made.
const NOT_MADE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

// What the system was asked for, where an error says it by itself.
const CONNECTING = ['connect', 'getaddrinfo'];

// What it was asked for later, as a message says it, anywhere in it.
const LATER = /\b(?:read|write|recv|send)(?: E[A-Z]|$)/;

// The names of OpenSSL and of Node for a handshake that fails: at the certificate, or since there is no
// version or cipher in common. Other faults of TLS may come later, too.
const NO_TLS =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|ERR_TLS_CERT_|ERR_SSL_(?:SSLV3_ALERT_HANDSHAKE_FAILURE|TLSV1_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)$)/;

// Where the code is the same as later: Node while it connects, Node and Bun in a handshake.
const EARLIER =
  /^(?:(?:request to \S* failed, reason: )?(?:connect|getaddrinfo) E|Client network socket disconnected before secure TLS connection was established|EPROTO: The TLS handshake failed)/;

// Deno has messages alone.
const DENO = /^error sending request for url .*: client error \(Connect\): (.*)/;

// `fetch failed`, what caused it, and what caused that.
const DEEPEST = 3;

/**
 * @param {unknown} thrown what `fetch` threw, without secrets
 * @returns {{ reason?: string, unconnected?: true }}
 */
export function whyFailed(thrown) {
  let error = thrown;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const message = String(part(error, 'message'));
    const said = DENO.exec(message);
    if (said) return { reason: wordOf(said[1]), unconnected: true };
    const code = part(error, 'code');
    if (typeof code === 'string' && /^[A-Z][A-Z\d_]{1,47}$/.test(code)) {
      return isUnconnected(error, code, message)
        ? { reason: code, unconnected: true }
        : { reason: code };
    }
    error = part(error, 'cause');
  }
  return {};
}

/**
 * @param {unknown} error
 * @param {string} code
 * @param {string} message
 * @returns {boolean}
 */
function isUnconnected(error, code, message) {
  // Node tried each address of the host.
  const errors = part(error, 'errors');
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isEarlier);
  const syscall = part(error, 'syscall');
  if (typeof syscall === 'string') return CONNECTING.includes(syscall);
  if (LATER.test(message)) return false;
  return NOT_MADE.includes(code) || NO_TLS.test(code) || EARLIER.test(message);
}

/**
 * @param {unknown} error of one address
 */
function isEarlier(error) {
  return isUnconnected(error, String(part(error, 'code')), String(part(error, 'message')));
}

/**
 * @param {string} said
 */
function wordOf(said) {
  if (said.includes('Connection refused')) return 'ECONNREFUSED';
  return said.startsWith('dns error') ? 'ENOTFOUND' : 'ERR_CONNECT';
}
