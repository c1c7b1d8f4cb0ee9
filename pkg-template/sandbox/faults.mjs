import { isDocumentedCode } from './business-code.mjs';
import { paramError, Refusal } from './refusal.mjs';
import { refusalWith } from './tampering.mjs';

/** The request header that sets the faults of its own call. It is not signed. */
const HEADER = 'Sandbox-Faults';
const NONE = Object.freeze({});

const flag = {
  isValid: (value) => typeof value === 'boolean',
  issue: 'must be true or false',
};
const wholeNumber = (least, most) => ({
  isValid: (value) => Number.isInteger(value) && value >= least && value <= most,
  issue: `must be a whole number from ${least} to ${most}`,
});

/** The faults of a call. */
const FAULTS = {
  drop: flag,
  // The longest delay of a Node.js timer.
  delay: wholeNumber(0, 2_147_483_647),
  tamper: flag,
  stale: flag,
  unsigned: flag,
  probe: flag,
  status: wholeNumber(400, 599),
  code: {
    isValid: (value) => typeof value === 'string' && isDocumentedCode(value),
    issue: 'must be a documented code of an error, such as NOT_ENOUGH',
  },
};
const MEMBERS = { ...FAULTS, times: wholeNumber(1, Number.MAX_SAFE_INTEGER) };

/**
 * Stores the requested faults, and selects those of each call.
 *
 * @param {import('../sandbox.d.ts').SandboxFaults | undefined} given
 */
export function createFaults(given) {
  let faults = parse(given, 'createSandbox: faults');
  return {
    /** The faults of the next calls; undefined if there are none, or if `times` is used up. */
    get current() {
      return faults;
    },
    set current(value) {
      faults = parse(value, 'sandbox.faults');
    },
    /**
     * Returns the faults of one call. Its header, if there is one, replaces the other faults. A
     * `status`, a `code` or a wrong header also returns a refusal.
     *
     * @param {{ headers: Record<string, string> }} call
     * @returns {{ faults: object, refusal: Refusal | undefined }}
     */
    of({ headers }) {
      const header = headers[HEADER.toLowerCase()];
      if (header === undefined) return withRefusal(next());
      try {
        return withRefusal(parseHeader(header));
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        return { faults: NONE, refusal };
      }
    },
  };

  function next() {
    if (faults === undefined) return NONE;
    const { times, ...once } = faults;
    if (times === 1) faults = undefined;
    else if (times !== undefined) faults = Object.freeze({ ...faults, times: times - 1 });
    return Object.freeze(once);
  }
}

function withRefusal(faults) {
  const { status, code } = faults;
  const isRefused = status !== undefined || code !== undefined;
  return { faults, refusal: isRefused ? refusalWith(faults) : undefined };
}

function parse(value, where) {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${where} must be an object, or undefined for none`);
  }
  const entries = Object.entries(value);
  const unknown = entries.map(([name]) => name).filter((name) => !Object.hasOwn(MEMBERS, name));
  if (unknown.length > 0) {
    const known = Object.keys(MEMBERS).join(', ');
    throw new TypeError(`${where}: unknown fault ${unknown.join(', ')} (it knows ${known})`);
  }
  const given = entries.filter(([, member]) => member !== undefined);
  for (const [name, member] of given) {
    const { isValid, issue } = MEMBERS[name];
    if (!isValid(member)) throw new TypeError(`${where}: ${name} ${issue}`);
  }
  // `false` is no fault, and neither is `times` alone.
  const active = given.filter(([, member]) => member !== false);
  if (active.every(([name]) => name === 'times')) return undefined;
  return Object.freeze(Object.fromEntries(active));
}

/** Parses `tamper, delay=200`. */
function parseHeader(text) {
  const faults = {};
  for (const part of text.split(',')) {
    const [name, ...values] = part.trim().split('=');
    if (!Object.hasOwn(FAULTS, name)) {
      const known = Object.keys(FAULTS).join(', ');
      refuse(`has "${name.slice(0, 32)}", which is not one of ${known}`);
    }
    if (Object.hasOwn(faults, name)) refuse(`has ${name} twice`);
    faults[name] = parserOf(name)(name, values);
  }
  return Object.freeze(faults);
}

function parserOf(name) {
  if (FAULTS[name] === flag) return parseFlag;
  return name === 'code' ? parseCode : parseNumber;
}

function parseCode(name, values) {
  const { isValid, issue } = FAULTS[name];
  const [code] = values;
  if (values.length !== 1 || !isValid(code)) refuse(`has a wrong ${name}: it ${issue}`);
  return code;
}

function parseFlag(name, values) {
  if (values.length > 0) refuse(`has a value for ${name}, which takes none`);
  return true;
}

function parseNumber(name, values) {
  const { isValid, issue } = FAULTS[name];
  const [digits] = values;
  if (values.length !== 1 || !/^\d+$/.test(digits) || !isValid(Number(digits))) {
    refuse(`has a wrong ${name}: it ${issue}, as in ${name}=${name === 'status' ? 503 : 200}`);
  }
  return Number(digits);
}

function refuse(issue) {
  throw paramError({ field: HEADER, issue, location: 'header' });
}
