import { createRequire } from 'node:module';
import { beijingTime } from './beijing-time.mjs';
import { MAX_ATTEMPTS } from './deliveries.mjs';

/** The events of the catalogue by their names. */
let read;
const events = () => {
  // The build lets both forms of the sandbox, and the command, find the same file here.
  read ??= createRequire(import.meta.url)('./events.json');
  return read;
};

/** The events that can be sent, with what each means. */
export function triggerableEvents() {
  return Object.entries(events()).map(([eventType, { summary }]) => ({ eventType, summary }));
}

/** What an event is completed from: the resource of a notification, with sample values. */
export function sampleResource(eventType, merchant, now) {
  if (!Object.hasOwn(events(), eventType)) throw new TypeError(unknown(eventType));
  return sampleOf(events()[eventType].resource, merchant, now);
}

/** The merchant numbers of a resource that are the sandbox's own. */
const OWN_NUMBERS = ['mchid', 'mch_id', 'sp_mchid', 'combine_mchid'];

/**
 * Makes `sandbox.trigger`: it sends an event of the catalogue, completed from sample values. An event that
 * tells of an order, a refund or a transfer that the sandbox knows has its values instead, and happens: the
 * order is paid, the transfer confirmed.
 *
 * @param {{ merchant: { mchid: string }, money: object, listening: object, send: Function,
 *   now: () => number }} sandbox
 */
export function createTrigger({ merchant, money, listening, send, now }) {
  return async (type, given = {}, options = {}) => {
    if (!Object.hasOwn(events(), type)) throw new TypeError(`sandbox.trigger: ${unknown(type)}`);
    if (typeof given !== 'object' || given === null) fail('the fields must be an object');
    const { to, ...fields } = given;
    const { maxAttempts, signedBy } = parseOptions(options);
    const seconds = now();
    // Before anything happens.
    if (to !== undefined) requireUrl(to);
    const known = money.happen(type, fields, seconds);
    const knownUrl = known?.url && listening.addressFor(known.url);
    const url = to ?? knownUrl ?? listening.to;
    requireUrl(url);
    const { summary = type, originalType, resource } = events()[type];
    return send(
      url,
      {
        summary,
        originalType,
        ...known?.event,
        eventType: type,
        signedBy,
        resource: merged(known?.event.resource ?? sampleOf(resource, merchant, seconds), fields),
      },
      maxAttempts,
    );
  };
}

function requireUrl(url) {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  fail('`to` must be a URL of http or https');
}

function parseOptions(options) {
  if (typeof options !== 'object' || options === null) fail('the options must be an object');
  const { maxAttempts = MAX_ATTEMPTS, signedBy, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined) fail(`unknown option ${other} (it knows maxAttempts, signedBy)`);
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
    fail(`maxAttempts must be a whole number from 1 to ${MAX_ATTEMPTS}`);
  }
  return { maxAttempts, signedBy };
}

// The documented merchants become this one, and the documented times now.
function sampleOf(value, merchant, now) {
  if (typeof value === 'string') return /^20\d\d-\d\d-\d\dT/.test(value) ? beijingTime(now) : value;
  if (Array.isArray(value)) return value.map((each) => sampleOf(each, merchant, now));
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).map(([name, each]) => [
    name,
    OWN_NUMBERS.includes(name) ? merchant.mchid : sampleOf(each, merchant, now),
  ]);
  return Object.fromEntries(own);
}

/** The fields of an object replace those of the sample one by one; whatever else is given, as it is. */
function merged(sample, given) {
  if (!isObject(sample) || !isObject(given)) return given;
  const replaced = Object.entries(given).map(([name, value]) => [
    name,
    merged(Object.hasOwn(sample, name) ? sample[name] : undefined, value),
  ]);
  return { ...sample, ...Object.fromEntries(replaced) };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(type) {
  const [family] = String(type).split('.');
  const known = Object.keys(events());
  const near = known.filter((name) => name.startsWith(`${family}.`) || name === family);
  const families = [...new Set(known.map((name) => `${name.split('.')[0]}.…`))];
  return `unknown event ${type} (it knows ${(near.length > 0 ? near : families).join(', ')})`;
}

function fail(problem) {
  throw new TypeError(`sandbox.trigger: ${problem}`);
}
