// Which requests are meant for the sandbox. Any page that the developer's browser shows can send requests
// to loopback: to its address, or to a name of the page's owner that leads there (DNS rebinding). It would
// use up faults and nonces that a test counts on.

const HOST = /^(\[[\da-f:.]+\]|[^\s:/?#@[\],]+)(?::(\d{1,5}))?$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const DEFAULT_PORTS = { 'http:': 80, 'https:': 443 };

/**
 * Parses the option `allowedHosts`.
 *
 * @param {unknown} given
 * @returns {{ name: string, port: number | undefined }[]}
 */
export function parseAllowedHosts(given) {
  const hosts = Array.isArray(given) ? given.map((host) => parseHost(host)) : [undefined];
  if (hosts.every((host) => host !== undefined)) return hosts;
  throw new TypeError(
    'createSandbox: allowedHosts must be an array of host names, each with or without a port, such ' +
      "as ['host.docker.internal']",
  );
}

/**
 * Says why a request is not answered: its Host, or the page that it comes from. Undefined if it is.
 *
 * @param {Record<string, string>} headers
 * @param {number} port the sandbox's
 * @param {{ name: string, port: number | undefined }[]} allowed
 */
export function problemOfCaller(headers, port, allowed) {
  const isOurs = (text, defaultPort) => {
    const host = parseHost(text);
    if (host === undefined) return false;
    const { name, port: given = defaultPort } = host;
    return (
      (LOOPBACK.test(name) && given === port) ||
      allowed.some((each) => each.name === name && (each.port ?? given) === given)
    );
  };
  if (!isOurs(headers.host, 80)) {
    return `the sandbox does not answer to the Host ${quoted(headers.host)}: ${ADVICE}`;
  }
  const page = pageOf(headers);
  if (page === undefined || isOurs(...hostOf(page))) return undefined;
  return `the sandbox answers no web page, and this request comes from ${quoted(page)}: ${ADVICE}`;
}

const ADVICE = 'if it is yours, name its host in allowedHosts, or with --allow-host';

/** The page that sent the request, as the browser says; undefined if no other page did. */
function pageOf({ origin, referer = '', 'sec-fetch-site': site = 'none' }) {
  if (origin !== undefined) return origin;
  // A browser sends no Origin for an image.
  return site === 'none' || site === 'same-origin' ? undefined : referer;
}

function hostOf(page) {
  try {
    const { protocol, host } = new URL(page);
    return [host, DEFAULT_PORTS[protocol]];
  } catch {
    return [undefined];
  }
}

function parseHost(text) {
  const [, name, port] = (typeof text === 'string' && HOST.exec(text)) || [];
  if (name === undefined) return undefined;
  return { name: name.toLowerCase(), port: port === undefined ? undefined : Number(port) };
}

// It is shown where somebody looks for the reason, and may be anything.
function quoted(text = '') {
  return `"${text.slice(0, 100).replace(/[^ -~]|"/g, '?')}"`;
}
