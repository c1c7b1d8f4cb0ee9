// @ts-check
// A caller's object whose members are known by name: options and parameters. A member of the wrong
// kind, one that is missing and one that is not known is refused, with an error that names it.

import { configError, validationError } from './failures.mjs';
import {
  isFunction,
  isObject,
  keys,
  kindOf,
  MOST_TEXT,
  ownMember,
  part,
  text,
  viewedBytes,
} from './foreign.mjs';
import { isPlausible, named, snakeCase } from './names.mjs';
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

export class Record {
  #object;
  #kind;

  /**
   * @param {unknown} value
   * @param {Kind} kind
   * @param {readonly string[]} [known] the names of all members that it may have, in camelCase;
   *   without them the caller checks `names`
   */
  constructor(value, kind, known) {
    // What can be iterated, such as a Map, has no members of its own: it would be ignored.
    if (!isObject(value) || isFunction(part(value, Symbol.iterator))) {
      const shape = known ? `an object { ${known.join(', ')} }` : 'an object';
      throw kind.refused(kind.name, `must be ${shape}, not ${kindOf(value)}`);
    }
    this.#object = value;
    this.#kind = kind;
    /** The names of its own members. */
    this.names = keys(value, () => kind.refused(kind.name, 'cannot be read: it throws'));
    if (this.names.length > MOST_MEMBERS) {
      throw kind.refused(kind.name, `has more than ${MOST_MEMBERS} members`);
    }
    if (!known) return;
    for (const name of this.names) {
      if (!known.includes(name)) throw unknown(name, kind, known);
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
    return ownMember(this.#object, name, () =>
      this.refused(name, 'cannot be read: its getter throws'),
    );
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
    if (value === undefined) throw this.refused(name, 'is missing');
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
 * An error about a member that is not known. Its name may be anything, so the error shows it only
 * where it looks like a name; otherwise it names the argument.
 *
 * @param {string} name
 * @param {Kind} kind
 * @param {readonly string[]} known
 */
function unknown(name, kind, known) {
  const meant = known.find((each) => snakeCase(each) === name);
  if (meant) return kind.refused(name, `is not known here; in JavaScript it is ${meant}`);
  const all = `known are ${known.join(', ')}`;
  return isPlausible(name)
    ? kind.refused(name, `is not known here; ${all}`)
    : kind.refused(kind.name, `has a member that is not known, ${named(name)}; ${all}`);
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
