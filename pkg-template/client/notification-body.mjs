// @ts-check
// The raw body of a notification, in whichever form a server has it.

import { VerificationError } from '../errors.mjs';
import { BodyFault, BodyStream } from './body-stream.mjs';
import { validationError } from './failures.mjs';
import {
  asyncIterator,
  bytesOf,
  call,
  ignore,
  isFunction,
  isObject,
  isPromise,
  kindOf,
  member,
  promiseOf,
  text,
} from './foreign.mjs';
import { message } from './message.mjs';
import { utf8 } from './utf8.mjs';

/** @typedef {import('./arrivals.mjs').Arrival} Arrival */

/**
 * A body that is there, or will be. `abandon` in place of `read` ends a stream.
 *
 * `held` is how many bytes are held before it is read.
 *
 * @typedef {{ read: (arrival: Arrival) => Promise<Uint8Array>, abandon: () => void, held?: number }} Body
 */

const WAYS = message(
  'give it as a string, Uint8Array, ArrayBuffer or stream that nobody has parsed: the fetch Request ' +
    "itself or its text(), express.raw({ type: '*/*' }) in express.json()'s place, an IncomingMessage " +
    'that nobody has read',
);

/**
 * Finds the body of a fetch Request, of `{ headers, body }`, or of a request that is itself the
 * stream, as node's is. Reads nothing of it yet; it is read at most once.
 *
 * @param {object} request
 * @param {number} most how many bytes it may have
 * @param {string | null} [announced] its Content-Length
 * @returns {Body}
 */
export function bodyOf(request, most, announced) {
  const length = announced?.trim() ?? '';
  if (/\D/.test(length)) {
    throw refused(message('has a Content-Length that is no number, or is given twice'));
  }
  if (Number(length) > most) throw tooLarge();
  const part = (/** @type {string} */ name) => member(request, name, unreadable);
  if (part('bodyUsed') || (part('readableDidRead') && part('body') === undefined)) throw used();
  const body = part('body');
  if (typeof body === 'string') {
    return there(bytesOfString(body, isEncoded(part('isBase64Encoded')), most));
  }
  if (body === undefined || body === null) return withoutMember(request, body, most);
  const bytes = boundedBytes(body, most);
  if (bytes) return there(bytes);
  if (isFunction(member(body, 'getReader', unreadable))) {
    // Throws where somebody reads it already.
    const reader = call(body, 'getReader', [], used);
    ignore(reader);
    return streamed(new BodyStream(reader, 'read', most));
  }
  const found = whole(body, most) ?? iterated(body, most);
  if (found) return found;
  throw refused(
    isObject(body) && !isPromise(body)
      ? message(
          'is {}: it was parsed already, and what is written anew has other bytes than those that are ' +
            'signed; {}',
          kindOf(body),
          WAYS,
        )
      : message('is {}; {}', kindOf(body), WAYS),
  );
}

/**
 * Where there is no `body`, the request may give it in another way.
 *
 * @param {object} request
 * @param {undefined | null} body
 * @param {number} most
 */
function withoutMember(request, body, most) {
  // A fetch Request whose body is null has none.
  if (body === null && hasArrayBuffer(request)) return there(new Uint8Array());
  // A runtime whose Request shows no stream, or a request that is the stream.
  const found = whole(request, most) ?? iterated(request, most);
  if (found) return found;
  throw refused(message('is missing; {}', WAYS));
}

/**
 * @param {Uint8Array} bytes
 * @returns {Body}
 */
function there(bytes) {
  return { read: async () => bytes, abandon() {}, held: bytes.length };
}

/**
 * @param {BodyStream} stream
 * @returns {Body}
 */
function streamed(stream) {
  return {
    async read(arrival) {
      try {
        return await stream.whole(
          (part) => arrival.wait(arrived(part)),
          (length) => arrival.took(length),
        );
      } catch (fault) {
        throw fault instanceof BodyFault ? ofFault(fault) : fault;
      }
    },
    abandon: () => stream.abandon(),
  };
}

/**
 * What can be iterated as it arrives; `undefined` where it cannot.
 *
 * @param {unknown} body
 * @param {number} most
 */
function iterated(body, most) {
  const iterator = asyncIterator(body, unreadable);
  return iterator === undefined
    ? undefined
    : streamed(new BodyStream(iterator, 'next', most, body));
}

/**
 * What can be read as a whole, as a Request and a Blob can; `undefined` where it cannot.
 *
 * @param {unknown} object
 * @param {number} most
 * @returns {Body | undefined}
 */
function whole(object, most) {
  if (!hasArrayBuffer(object)) return undefined;
  // A Blob knows its size before it is read.
  const size = member(object, 'size', unreadable);
  if (typeof size === 'number' && size > most) throw tooLarge();
  return {
    async read(arrival) {
      // Asked now, and not before somebody waits: it may reject.
      const buffer = arrived(call(object, 'arrayBuffer', [], unreadable));
      const bytes = boundedBytes(await arrival.wait(buffer), most);
      if (!bytes) throw refused(message('cannot be read: arrayBuffer() returns no ArrayBuffer'));
      arrival.took(bytes.length);
      return bytes;
    },
    abandon() {},
  };
}

/**
 * @param {unknown} object
 */
function hasArrayBuffer(object) {
  return isFunction(member(object, 'arrayBuffer', unreadable));
}

/**
 * Whether an event says that its body is base64. Only a boolean counts: the text "false" is truthy.
 *
 * @param {unknown} flag
 */
function isEncoded(flag) {
  if (flag === undefined || flag === null) return false;
  if (typeof flag === 'boolean') return flag;
  throw refused(
    message('is of an event whose isBase64Encoded must be true or false, not {}', kindOf(flag)),
  );
}

/**
 * The bytes of a string: as UTF-8, or, where a gateway says so, of its base64.
 *
 * @param {string} string
 * @param {boolean} encoded
 * @param {number} most
 */
function bytesOfString(string, encoded, most) {
  // No shorter in UTF-8, and in base64 by a third.
  if (string.length > (encoded ? Math.floor(most / 3) * 4 + 4 : most)) throw tooLarge();
  const checked = text(string, refused, string.length);
  const bytes = encoded ? decodeBase64(checked) : utf8(checked);
  if (bytes.length > most) throw tooLarge();
  return bytes;
}

/**
 * `atob` ignores white space and missing padding, so the result is encoded again and compared.
 *
 * @param {string} base64
 */
function decodeBase64(base64) {
  try {
    const binary = atob(base64);
    if (btoa(binary) === base64) return Uint8Array.from(binary, (one) => one.charCodeAt(0));
  } catch {
    // No base64 at all.
  }
  throw refused(message('is not base64, although isBase64Encoded says so'));
}

/**
 * The bytes of a typed array, a DataView or an ArrayBuffer, copied, since they may change before the
 * signature is verified; `undefined` where it is something else.
 *
 * @param {unknown} value
 * @param {number} most
 */
function boundedBytes(value, most) {
  const bytes = bytesOf(value, () => refused(message('is a view of a detached buffer')));
  if (bytes && bytes.length > most) throw tooLarge();
  return bytes?.slice();
}

/**
 * @param {unknown} promise
 */
function arrived(promise) {
  return promiseOf(promise).catch((thrown) => {
    throw refused(message('did not arrive completely: reading it failed'), thrown);
  });
}

/**
 * @param {BodyFault} fault
 */
function ofFault({ kind, cause }) {
  switch (kind) {
    case 'tooLarge':
      return tooLarge();
    case 'noBytes':
      return refused(
        message('is a stream of something else than bytes; set no encoding on it (setEncoding)'),
      );
    case 'endless':
      return refused(message('consists of empty parts without end'));
    default:
      return unreadable(cause);
  }
}

/**
 * @param {import('./message.mjs').Message} problem
 * @param {unknown} [cause]
 */
function refused(problem, cause) {
  return validationError('body', problem, cause);
}

/**
 * @param {unknown} thrown
 */
function unreadable(thrown) {
  return refused(message('cannot be read: it throws'), thrown);
}

/**
 * @param {unknown} [thrown]
 */
function used(thrown) {
  return refused(
    message(
      'was read already, and can be read once; give what was read, { headers, body }, or the Request ' +
        'before it is read, or its clone()',
    ),
    thrown,
  );
}

/**
 * The error of a body without a byte: that it is not verified has a reason of its own.
 *
 * @param {unknown} error
 */
export function ofEmpty(error) {
  const { code, status, requestId } = /** @type {any} */ (error);
  if (code !== 'ERR_SIGNATURE_INVALID') return error;
  return new VerificationError(
    message(
      "the notification is not verified to be WeChat Pay's and must not be acted on: its body is empty, and " +
        "no notification's is. Something on its way has read it or left it out; {}",
      WAYS,
    ),
    { code, status, requestId },
  );
}

function tooLarge() {
  return refused(
    message(
      "is larger than 1 MiB, and no notification is nearly that large: it is not WeChat Pay's",
    ),
  );
}
