// @ts-check
// The errors of options and parameters that JavaScript reads. They look like those that Rust makes.

import { ConfigError, TransportError, ValidationError } from '../errors.mjs';
import { message } from './message.mjs';

/** @typedef {import('./message.mjs').Message} Message */

/**
 * The error of an option of the client, or of the host.
 *
 * @param {string} option its name in camelCase
 * @param {Message} problem
 * @param {unknown} [cause] what was thrown, where something was
 */
export function configError(option, problem, cause) {
  return new ConfigError(message('{}: {}', option, problem), { code: 'ERR_CONFIG', option, cause });
}

/**
 * The error of a parameter of a call.
 *
 * @param {string} field its name in camelCase
 * @param {Message} problem
 * @param {unknown} [cause] what was thrown, where something was
 */
export function validationError(field, problem, cause) {
  return new ValidationError(message('{}: {}', field, problem), {
    code: 'ERR_PARAM',
    field,
    cause,
  });
}

/**
 * The error of responses that are WeChat Pay's and of no use. The request was carried out.
 *
 * @param {Message} said
 */
export function unusableResponse(said) {
  return new TransportError(said, { code: 'ERR_RESPONSE_INVALID', attempts: 1, sent: true });
}

/** The error of a client that is used after `free()`. */
export function freed() {
  return configError('client', message('was freed; open a new one'));
}
