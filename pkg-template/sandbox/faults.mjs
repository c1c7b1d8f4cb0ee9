import { paramError, Refusal } from './refusal.mjs';
import { refusalWith } from './tampering.mjs';

/** The request header that asks for faults of its own call. It is not part of what is signed. */
const HEADER = 'Sandbox-Faults';
const NONE = Object.freeze({});

const yesOrNo = {
  holds: (value) => typeof value === 'boolean',
  issue: 'must be true or false',
};
const wholeNumber = (least, most) => ({
  holds: (value) => Number.isInteger(value) && value >= least && value <= most,
  issue: `must be a whole number from ${least} to ${most}`,
});

/** What may go wrong with a call. */
const FAULTS = {
  drop: yesOrNo,
  // A timer of Node.js takes no more.
  delay: wholeNumber(0, 2_147_483_647),
  tamper: yesOrNo,
  stale: yesOrNo,
  unsigned: yesOrNo,
  status: wholeNumber(400, 599),
};
const MEMBERS = { ...FAULTS, times: wholeNumber(1, Number.MAX_SAFE_INTEGER) };

/**
 * Keeps the faults that were asked for, and says which of them a call gets.
 *
 * @param {import('../sandbox.d.ts').SandboxFaults | undefined} given
 */
export function createFaults(given) {
  let faults = parse(given, 'createSandbox: faults');
  return {
    /** The faults of the calls to come; undefined where there are none, or none any more. */
    get asked() {
      return faults;
    },
    set asked(value) {
      faults = parse(value, 'sandbox.faults');
    },
    /**
     * The faults of one call: those of its header, where it has one, in place of the others. And the
     * refusal, where they ask for one, or the header is wrong.
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
  const { status } = faults;
  return { faults, refusal: status === undefined ? undefined : refusalWith(status) };
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
    const { holds, issue } = MEMBERS[name];
    if (!holds(member)) throw new TypeError(`${where}: ${name} ${issue}`);
  }
  // What does nothing is none.
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
      refuse(`has "${name.slice(0, 32)}", which is none of ${known}`);
    }
    if (Object.hasOwn(faults, name)) refuse(`has ${name} twice`);
    faults[name] = FAULTS[name] === yesOrNo ? parseFlag(name, values) : parseNumber(name, values);
  }
  return Object.freeze(faults);
}

function parseFlag(name, values) {
  if (values.length > 0) refuse(`gives ${name} a value, which it does not take`);
  return true;
}

function parseNumber(name, values) {
  const { holds, issue } = FAULTS[name];
  const [digits] = values;
  if (values.length !== 1 || !/^\d+$/.test(digits) || !holds(Number(digits))) {
    refuse(`has a wrong ${name}: it ${issue}, as in ${name}=${name === 'status' ? 503 : 200}`);
  }
  return Number(digits);
}

function refuse(issue) {
  throw paramError({ field: HEADER, issue, location: 'header' });
}
