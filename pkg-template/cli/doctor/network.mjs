// The way to the server, step by step: the name, the connection, TLS, the clock. And a proxy that was meant to be
// on the way.

import { lookup } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import { told } from '../language.mjs';

/** How long a step may take, in milliseconds. */
const LIMIT = 10_000;

/** From how many seconds on a clock is worth a word, and from how many WeChat Pay refuses. */
const NOTABLE = 60;
const MOST_SKEW = 300;

/**
 * @param {string} origin where requests go
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 * @returns {Promise<boolean>} whether a server answers there
 */
export async function checkNetwork(origin, add) {
  const isByProxy = checkProxy(add);
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const at = { host, port: Number(port || (isTls ? 443 : 80)) };
  const steps = [
    ['dns', () => resolve(at)],
    ['connection', () => connect(at)],
    ...(isTls ? [['tls', () => handshake(at)]] : []),
  ];
  for (const [check, step] of steps) {
    if (isByProxy) {
      add({ check, status: 'skipped', says: told('doctor.by-proxy') });
    } else if (!(await made(check, step, at, add))) return false;
  }
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    const mend = told('doctor.unauthorized.mend');
    add({ check: 'tlsVerified', status: 'warning', says: told('doctor.unauthorized'), mend });
  }
  return checkClock(origin, add);
}

async function made(check, step, { host, port }, add) {
  const values = { host, port };
  try {
    add({ check, status: 'ok', says: told(`doctor.${check}`, { ...values, ...(await step()) }) });
    return true;
  } catch (error) {
    const problem = error.code ?? error.message;
    const says = told('doctor.no-way', { ...values, problem });
    add({ check, status: 'failed', says, mend: told(`doctor.${check}.mend`, values) });
    return false;
  }
}

async function resolve({ host }) {
  const addresses = await lookup(host, { all: true });
  return { addresses: addresses.map(({ address }) => address).join(', ') };
}

function connect(at) {
  return ended(net.connect(at), 'connect', () => ({}));
}

function handshake({ host, port }) {
  const servername = net.isIP(host) ? undefined : host;
  // It is looked at, and nothing is sent.
  const socket = tls.connect({ host, port, servername });
  return ended(socket, 'secureConnect', () => {
    const { issuer, valid_to: until } = socket.getPeerCertificate();
    return { version: socket.getProtocol(), issuer: issuer?.O ?? issuer?.CN ?? '?', until };
  });
}

function ended(socket, event, read) {
  return new Promise((resolve, reject) => {
    socket.setTimeout(LIMIT, () => socket.destroy(new Error('ETIMEDOUT')));
    socket.once('error', reject);
    socket.once(event, () => {
      resolve(read());
      socket.destroy();
    });
  });
}

/**
 * Requests without a signature: whatever the server answers has a Date.
 *
 * @param {string} origin
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 */
async function checkClock(origin, add) {
  let response;
  let begun;
  try {
    begun = Date.now();
    response = await fetch(`${origin}/v3/certificates`, {
      headers: { Accept: 'application/json', 'User-Agent': 'wechatpay-wasm doctor' },
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT),
    });
    await response.arrayBuffer();
  } catch (error) {
    const isLate = error.name === 'TimeoutError';
    const cause = error.cause?.code ?? error.cause?.message ?? error.message;
    const problem = isLate ? told('doctor.late', { seconds: LIMIT / 1000 }) : cause;
    const says = told('doctor.no-response', { origin, problem });
    add({ check: 'response', status: 'failed', says, mend: told('doctor.response.mend') });
    return false;
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    add({ check: 'clock', status: 'unknown', says: told('doctor.no-date') });
    return true;
  }
  const seconds = Math.round((begun + (Date.now() - begun) / 2 - date) / 1000);
  const off = Math.abs(seconds);
  const status = off > MOST_SKEW ? 'failed' : off >= NOTABLE ? 'warning' : 'ok';
  const key = off < NOTABLE ? 'doctor.clock' : seconds > 0 ? 'doctor.ahead' : 'doctor.behind';
  const says = told(key, { seconds: off, most: MOST_SKEW });
  add({
    check: 'clock',
    status,
    says,
    ...(status !== 'ok' && { mend: told('doctor.clock.mend') }),
  });
  return true;
}

const PROXIES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
];

/**
 * Whether requests go by the proxy of the environment: Node's fetch takes it only where it is told to.
 *
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 */
function checkProxy(add) {
  const set = PROXIES.filter((name) => process.env[name]);
  if (set.length === 0) {
    add({ check: 'proxy', status: 'ok', says: told('doctor.no-proxy') });
    return false;
  }
  const names = set.join(', ');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isAble = major >= 24 || (major === 22 && minor >= 21);
  const flags = `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`;
  const isAsked = process.env.NODE_USE_ENV_PROXY === '1' || flags.includes('--use-env-proxy');
  if (isAble && isAsked) {
    add({ check: 'proxy', status: 'ok', says: told('doctor.proxy', { names }) });
    return true;
  }
  const node = process.versions.node;
  const mend = told(isAble ? 'doctor.proxy.mend' : 'doctor.proxy-unable.mend');
  add({
    check: 'proxy',
    status: 'warning',
    says: told('doctor.idle-proxy', { names, node }),
    mend,
  });
  return false;
}
