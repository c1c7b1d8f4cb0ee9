// @ts-check
// A caller's object whose members are known by name: options and parameters. A member of the wrong
// kind, one that is missing and one that is not known is refused, with an error that names it.

import { configError, validationError } from './failures.mjs';
import {
  ignore,
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
import { joined, message } from './message.mjs';
import { isPlausible, named } from './names.mjs';
import { nameHere, plainName, toldHere, toldNowhere } from './other-names.mjs';
import { utf8 } from './utf8.mjs';

/**
 * Who is at fault for a wrong member: the name of the argument, and what makes an error about it or
 * about a member of it.
 *
 * @typedef {{ name: string, refused: (member: string, problem: import('./message.mjs').Message) => unknown }} Kind
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
      const shape = known
        ? message('an object {}', `{ ${known.join(', ')} }`)
        : message('an object');
      throw kind.refused(kind.name, message('must be {}, not {}', shape, kindOf(value)));
    }
    this.#object = value;
    this.#kind = kind;
    this.#known = known ?? [];
    this.#needed = needed;
    /** The names of its own members. */
    this.names = keys(value, () => kind.refused(kind.name, message('cannot be read: it throws')));
    if (this.names.length > MOST_MEMBERS) {
      throw kind.refused(kind.name, message('has more than {} members', MOST_MEMBERS));
    }
    if (known && this.#unknown().length > 0) throw this.incomplete();
  }

  #unknown() {
    return this.names.filter((name) => !this.#known.includes(name));
  }

  /** An error about all members that are missing or not known, since each would be an error by itself. */
  incomplete() {
    const unknown = this.#unknown();
    const written = unknown.map((name) => this.#nameOf(name));
    const missing = this.#needed.filter(
      (names) => !names.some((name) => written.includes(name) || this.#has(name)),
    );
    const problems = [
      ...unknown.map((name, at) => this.#unknownAs(name, written[at])),
      ...missing.map(([name, other]) => ({ name, problem: missingOr(other) })),
    ].slice(0, MOST_PROBLEMS);
    const texts = problems.map(({ name, problem }, at) =>
      at === 0 || name === undefined ? problem : message('{} {}', name, problem),
    );
    const isUnheard = (/** @type {string} */ name, /** @type {number} */ at) =>
      written[at] === undefined && toldNowhere(name) === undefined;
    if (unknown.some(isUnheard)) texts.push(message('known are {}', this.#known.join(', ')));
    const [{ name }] = problems;
    return this.refused(name ?? this.#kind.name, joined(texts));
  }

  /**
   * The known name that is meant: written in another way, or that of another SDK.
   *
   * @param {string} name
   */
  #nameOf(name) {
    const plain = plainName(name);
    return this.#known.find((each) => plainName(each) === plain) ?? nameHere(name, this.#known);
  }

  /**
   * What is wrong with a name; no name where it may be anything, so that the error does not show it.
   *
   * @param {string} name
   * @param {string | undefined} known that is meant
   * @returns {{ name: string | undefined, problem: import('./message.mjs').Message }}
   */
  #unknownAs(name, known) {
    if (known !== undefined) return { name, problem: toldHere(known, name) };
    return isPlausible(name)
      ? { name, problem: toldNowhere(name) ?? message('is not known here') }
      : { name: undefined, problem: message('has a member that is not known, {}', named(name)) };
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
   * @param {import('./message.mjs').Message} problem
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
      this.refused(name, message('cannot be read: its getter throws')),
    );
    if (isPromise(value)) {
      ignore(value);
      throw this.refused(name, message('is a promise; await it'));
    }
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
      validationError(field, message('cannot be read: its getter throws')),
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
    throw this.refused(name, message('must be a function, not {}', kindOf(value)));
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
    throw this.refused(name, message('must be a whole number from {} to {}', least, most));
  }

  /**
   * True or false, if it is there.
   *
   * @param {string} name
   */
  optionalBoolean(name) {
    const value = this.optional(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.refused(name, message('must be true or false, not {}', kindOf(value)));
  }
}

/**
 * @param {string | undefined} other
 */
function missingOr(other) {
  return other === undefined
    ? message('is missing')
    : message('is missing; give it, or a {} in its place', other);
}

/**
 * The bytes of a string, as UTF-8, or those under a typed array or DataView: not a copy of them.
 *
 * @param {unknown} value
 * @param {(problem: import('./message.mjs').Message) => unknown} refused
 */
export function bytes(value, refused) {
  const viewed = viewedBytes(value, () => refused(message('is a view of a detached buffer')));
  if (viewed && viewed.length > MOST_TEXT)
    throw refused(message('has more than {} bytes', MOST_TEXT));
  if (viewed) return viewed;
  if (typeof value !== 'string') {
    throw refused(message('must be a string or a Uint8Array, not {}', kindOf(value)));
  }
  return utf8(text(value, refused));
}
