// @ts-check
// A caller's object whose members are known by name: options and parameters. A member of the wrong
// kind, one that is missing and one that is not known is refused, with an error that names it.

import { configError, validationError } from './failures.mjs';
import {
  isFunction,
  isPlain,
  isPromise,
  keys,
  kindOf,
  MOST_TEXT,
  ownMember,
  text,
  viewedBytes,
} from './foreign.mjs';
import { isPlausible, named } from './names.mjs';
import { utf8 } from './utf8.mjs';

/**
 * Who is at fault for a wrong member: the name of the argument, and what makes an error about it or
 * about a member of it.
 *
 * @typedef {{ name: string, refused: (member: string, problem: string) => unknown }} Kind
 */

/** @type {Kind} the options of a client */
export const CLIENT_OPTIONS = { name: 'options', refused: configError };

/** @type {Kind} the parameters of a call */
export const PARAMS = { name: 'params', refused: validationError };

/** @type {Kind} the options of a call */
export const CALL_OPTIONS = {
  name: 'options',
  refused: (member, problem) =>
    validationError(member === 'options' ? member : `options.${member}`, problem),
};

// More than any object of options or parameters has.
const MOST_MEMBERS = 1_000;

// How many of what is wrong one error names.
const MOST_PROBLEMS = 12;

export class Record {
  #object;
  #kind;
  #known;
  #needed;

  /**
   * @param {unknown} value
   * @param {Kind} kind
   * @param {readonly string[]} [known] the names of all members that it may have, in camelCase;
   *   without them the caller checks `names`
   * @param {readonly (readonly string[])[]} [needed] those that must be there, each with what may be in
   *   its place
   */
  constructor(value, kind, known, needed = []) {
    if (!isPlain(value)) {
      const shape = known ? `an object { ${known.join(', ')} }` : 'an object';
      throw kind.refused(kind.name, `must be ${shape}, not ${kindOf(value)}`);
    }
    this.#object = value;
    this.#kind = kind;
    this.#known = known ?? [];
    this.#needed = needed;
    /** The names of its own members. */
    this.names = keys(value, () => kind.refused(kind.name, 'cannot be read: it throws'));
    if (this.names.length > MOST_MEMBERS) {
      throw kind.refused(kind.name, `has more than ${MOST_MEMBERS} members`);
    }
    if (known && this.#unknown().length > 0) throw this.incomplete();
  }

  #unknown() {
    return this.names.filter((name) => !this.#known.includes(name));
  }

  /** An error about all members that are missing or not known, since each would be an error by itself. */
  incomplete() {
    const unknown = this.#unknown();
    const written = unknown.map((name) => this.#known.find((each) => isSame(each, name)));
    const missing = this.#needed.filter(
      (names) => !names.some((name) => written.includes(name) || this.#has(name)),
    );
    const problems = [
      ...unknown.map((name, at) => ({ name, problem: 'is not known here', is: written[at] })),
      ...missing.map(([name, other]) => ({
        name,
        problem: other ? `is missing; give it, or a ${other} in its place` : 'is missing',
        is: undefined,
      })),
    ].slice(0, MOST_PROBLEMS);
    const texts = problems.map(({ name, problem, is }, at) => {
      const whole = is ? `${problem}; in JavaScript it is ${is}` : problem;
      if (isPlausible(name)) return at === 0 ? whole : `${name} ${whole}`;
      // It may be anything, so that the error does not show it.
      return `has a member that is not known, ${named(name)}`;
    });
    if (written.includes(undefined)) texts.push(`known are ${this.#known.join(', ')}`);
    const [{ name }] = problems;
    return this.refused(isPlausible(name) ? name : this.#kind.name, texts.join('; '));
  }

  /**
   * @param {string} name
   */
  #has(name) {
    try {
      return this.optional(name) !== undefined;
    } catch {
      // It is there, and wrong in another way.
      return true;
    }
  }

  /**
   * An error about one member.
   *
   * @param {string} name
   * @param {string} problem
   */
  refused(name, problem) {
    return this.#kind.refused(name, problem);
  }

  /**
   * A member; `undefined` where it is not there.
   *
   * @param {string} name
   */
  optional(name) {
    const value = ownMember(this.#object, name, () =>
      this.refused(name, 'cannot be read: its getter throws'),
    );
    if (isPromise(value)) throw this.refused(name, `is ${kindOf(value)}`);
    return value;
  }

  /**
   * A member whose name the caller chose, with an error about `field`.
   *
   * @param {string} name
   * @param {string} field
   */
  variable(name, field) {
    return ownMember(this.#object, name, () =>
      validationError(field, 'cannot be read: its getter throws'),
    );
  }

  /**
   * A member that must be there.
   *
   * @param {string} name
   */
  required(name) {
    const value = this.optional(name);
    if (value === undefined) throw this.incomplete();
    return value;
  }

  /**
   * A string that must be there.
   *
   * @param {string} name
   */
  requiredText(name) {
    return text(this.required(name), (problem) => this.refused(name, problem));
  }

  /**
   * A string, if it is there.
   *
   * @param {string} name
   */
  optionalText(name) {
    const value = this.optional(name);
    return value === undefined ? undefined : text(value, (problem) => this.refused(name, problem));
  }

  /**
   * The bytes of a string or of a view, if it is there.
   *
   * @param {string} name
   */
  optionalBytes(name) {
    const value = this.optional(name);
    return value === undefined ? undefined : bytes(value, (problem) => this.refused(name, problem));
  }

  /**
   * A function, if it is there.
   *
   * @param {string} name
   */
  optionalFunction(name) {
    const value = this.optional(name);
    if (value === undefined || isFunction(value)) return value;
    throw this.refused(name, `must be a function, not ${kindOf(value)}`);
  }

  /**
   * A whole number from `least` to `most`, if it is there.
   *
   * @param {string} name
   * @param {number} least
   * @param {number} most
   */
  optionalInteger(name, least, most) {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    throw this.refused(name, `must be a whole number from ${least} to ${most}`);
  }

  /**
   * True or false, if it is there.
   *
   * @param {string} name
   */
  optionalBoolean(name) {
    const value = this.optional(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.refused(name, `must be true or false, not ${kindOf(value)}`);
  }
}

/**
 * Whether a name is a known one, written in another way: `private_key`, `mchId`.
 *
 * @param {string} known
 * @param {string} name
 */
function isSame(known, name) {
  return name.length < 64 && name.replace(/[_-]/g, '').toLowerCase() === known.toLowerCase();
}

/**
 * The bytes of a string, as UTF-8, or those under a typed array or DataView: not a copy of them.
 *
 * @param {unknown} value
 * @param {(problem: string) => unknown} refused
 */
export function bytes(value, refused) {
  const viewed = viewedBytes(value, () => refused('is a view of a detached buffer'));
  if (viewed && viewed.length > MOST_TEXT) throw refused(`has more than ${MOST_TEXT} bytes`);
  if (viewed) return viewed;
  if (typeof value !== 'string') {
    throw refused(`must be a string or a Uint8Array, not ${kindOf(value)}`);
  }
  return utf8(text(value, refused));
}
