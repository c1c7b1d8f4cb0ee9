import { isIP } from 'node:net';
import { SPEED } from './deliveries.mjs';

/** How many times faster than WeChat Pay the pauses between attempts may be. */
const FASTEST = 1_000_000;

/** Addresses of this machine and of private networks (RFC 1918, RFC 4193, RFC 3927). */
const NEARBY = [
  /^(?:127|10)\./,
  /^192\.168\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^169\.254\./,
  /^0\.0\.0\.0$/,
  /^::1?$/,
  /^f[cd]/,
  /^fe[89ab]/,
];

/** Names that lead to no other network: `localhost`, a service of docker compose, `host.docker.internal`. */
const NEARBY_NAME = /^[^.]+$|\.(?:localhost|local|internal|test)$/;

/**
 * Those who listen to the sandbox's notifications: while they do, they say how fast it sends them again, and
 * where it sends what would leave the network. Of several, the last says so.
 */
export function createListening() {
  let listeners = [];
  const last = (name) => listeners.findLast((each) => each[name] !== undefined)?.[name];
  return {
    /**
     * @param {{ to?: string, speed?: number }} listener
     * @returns {() => void} ends it
     */
    add({ to, speed, ...others }) {
      const [other] = Object.keys(others);
      if (other !== undefined) throw new TypeError(`unknown member ${other} (known: to, speed)`);
      if (to !== undefined && !(URL.canParse(to) && /^https?:$/.test(new URL(to).protocol))) {
        throw new TypeError('to must be a URL of http or https');
      }
      if (speed !== undefined && !(Number.isFinite(speed) && speed >= 1 && speed <= FASTEST)) {
        throw new TypeError(`speed must be a number from 1 to ${FASTEST}`);
      }
      const listener = { to, speed };
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((each) => each !== listener);
      };
    },
    /** How many times faster than WeChat Pay's the pauses are now. */
    get speed() {
      return last('speed') ?? SPEED;
    },
    /** Where a notification goes that has no address; undefined if nobody says so. */
    get to() {
      return last('to');
    },
    /** Where a notification for this address goes. */
    addressFor: (url) => (isNearby(url) ? url : (last('to') ?? url)),
  };
}

function isNearby(url) {
  // What cannot be sent anywhere is told of as such.
  if (!URL.canParse(url)) return true;
  const { hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return isIP(host) === 0 ? NEARBY_NAME.test(host) : NEARBY.some((form) => form.test(host));
}
