// @ts-check
// Where a client logs: the option `logger`, or the console where WECHATPAY_LOG asks for it.

import { readVariable } from './environment.mjs';
import { configError } from './failures.mjs';
import { bare, ignore, isFunction, isObject, kindOf, member, part } from './foreign.mjs';
import { message } from './message.mjs';
import { hostEnvironment, mayBeRead } from './process-environment.mjs';

/** From the one that tells most to the one that tells least. */
export const LEVELS = /** @type {const} */ (['debug', 'info', 'warn', 'error']);

/**
 * What writes a line and its fields, by level. A level that is missing is not logged.
 *
 * @typedef {{ [Level in typeof LEVELS[number]]?: (line: string, fields: object) => void }} Log
 */

const VARIABLE = 'WECHATPAY_LOG';

/**
 * The option `logger`; without it, what the process's environment asks for.
 *
 * @param {import('./record.mjs').Record} record
 * @returns {Log | undefined}
 */
export function readLogger(record) {
  const given = record.optional('logger');
  if (given === undefined) return loggerOfProcess();
  /** @param {import('./message.mjs').Message} problem */
  const refused = (problem) => record.refused('logger', problem);
  if (!isObject(given) && !isFunction(given)) {
    throw refused(
      message(
        'must be an object with debug, info, warn and error, or some of them, such as console, ' +
          'not {}',
        kindOf(given),
      ),
    );
  }
  return logOf(given, LEVELS, refused);
}

/**
 * The logger that an environment asks for, or else that of the process.
 *
 * @param {unknown} env
 * @returns {Log | undefined}
 */
export function loggerOfEnvironment(env) {
  return (
    consoleOf(readVariable(/** @type {object} */ (env), VARIABLE, 'logger')) ?? loggerOfProcess()
  );
}

/** @returns {Log | undefined} */
function loggerOfProcess() {
  const env = mayBeRead(VARIABLE) ? hostEnvironment() : undefined;
  return isObject(env) ? consoleOf(readVariable(env, VARIABLE, 'logger')) : undefined;
}

/**
 * The console from a level on.
 *
 * @param {string | undefined} level
 * @returns {Log | undefined}
 */
function consoleOf(level) {
  if (!level) return undefined;
  const first = /** @type {readonly string[]} */ (LEVELS).indexOf(level.toLowerCase());
  const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
    configError('logger', problem);
  if (first < 0) {
    throw refused(
      message('{} in the environment must be {} or empty', VARIABLE, LEVELS.join(', ')),
    );
  }
  const console = part(globalThis, 'console');
  return isObject(console) ? logOf(console, LEVELS.slice(first), refused) : undefined;
}

/**
 * Reads the methods, once. They are called on their object, and what they throw or reject with is ignored.
 *
 * @param {object | Function} logger
 * @param {readonly (typeof LEVELS[number])[]} levels
 * @param {(problem: import('./message.mjs').Message) => unknown} refused
 * @returns {Log}
 */
function logOf(logger, levels, refused) {
  /** @type {Log} */
  const log = bare({});
  for (const level of levels) {
    const method = member(logger, level, () =>
      refused(message('cannot be read: its {} throws', level)),
    );
    if (method === undefined) continue;
    if (!isFunction(method)) {
      throw refused(
        message('has a member {} that must be a function, not {}', level, kindOf(method)),
      );
    }
    log[level] = (line, fields) => {
      try {
        ignore(Reflect.apply(method, logger, [line, fields]));
      } catch {
        // It is not ours.
      }
    };
  }
  return log;
}
