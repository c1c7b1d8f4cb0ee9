// @ts-check
// The file of an upload, in each form that a runtime has: bytes, a Blob, a stream.

import { BodyFault, BodyStream } from './body-stream.mjs';
import { validationError } from './failures.mjs';
import {
  asyncIterator,
  bytesOf,
  call,
  ignore,
  isFunction,
  isObject,
  kindOf,
  member,
} from './foreign.mjs';
import { message } from './message.mjs';
import { Timeout } from './timeout.mjs';

// How long a file may take, in milliseconds: as long as a timer can wait. Its source knows better.
const AS_LONG_AS_IT_TAKES = 2 ** 31 - 1;

/**
 * A file of at most `most` bytes. Bytes are copied now, anything else is read by `read`; `abandon`
 * ends a stream that is not to be read.
 *
 * @param {unknown} file
 * @param {number} most
 * @returns {{ read(signal?: unknown): Promise<Uint8Array>, abandon(): void }}
 */
export function fileSource(file, most) {
  const bytes = copyOf(file, most);
  if (bytes !== undefined) return { read: async () => bytes, abandon() {} };
  if (isObject(file)) {
    // A Blob has both; so has a Response, without a size.
    const size = member(file, 'size', unreadable);
    if (typeof size === 'number' && isFunction(member(file, 'arrayBuffer', unreadable))) {
      if (size > most) throw tooLarge(most);
      return ofBlob(file, most);
    }
    if (isFunction(member(file, 'getReader', unreadable))) {
      const reader = call(file, 'getReader', [], (thrown) =>
        refused(message('is a stream that somebody reads already'), thrown),
      );
      ignore(reader);
      return ofStream(new BodyStream(reader, 'read', most), most);
    }
    const iterator = asyncIterator(file, unreadable);
    if (iterator !== undefined) return ofStream(new BodyStream(iterator, 'next', most, file), most);
  }
  throw refused(
    typeof file === 'string'
      ? message("is a string; give the file's bytes, as readFile(path) reads them, not its path")
      : message(
          'must be a Blob, Uint8Array, ArrayBuffer, ReadableStream or async iterable of bytes, not {}',
          kindOf(file),
        ),
  );
}

/**
 * @param {unknown} blob
 * @param {number} most
 */
function ofBlob(blob, most) {
  return {
    /** @param {unknown} [signal] */
    read: (signal) =>
      within(signal, async (arrived) => {
        // Asked now, and not before somebody waits: it may reject.
        const buffer = await arrived(call(blob, 'arrayBuffer', [], unreadable));
        const bytes = copyOf(buffer, most);
        if (bytes === undefined)
          throw refused(message('cannot be read: arrayBuffer() returns no ArrayBuffer'));
        return bytes;
      }),
    abandon() {},
  };
}

/**
 * @param {BodyStream} stream
 * @param {number} most
 */
function ofStream(stream, most) {
  return {
    /** @param {unknown} [signal] */
    async read(signal) {
      try {
        return await within(signal, (arrived) => stream.whole(arrived));
      } catch (thrown) {
        throw thrown instanceof BodyFault ? ofFault(thrown, most) : thrown;
      } finally {
        stream.abandon();
      }
    },
    abandon: () => stream.abandon(),
  };
}

/**
 * @param {unknown} signal
 * @param {(arrived: (promise: unknown) => Promise<unknown>) => Promise<Uint8Array>} read
 */
async function within(signal, read) {
  const timeout = new Timeout(AS_LONG_AS_IT_TAKES, signal);
  try {
    return await read(async (promise) => {
      const outcome = await timeout.race(promise);
      if (outcome.status === 'fulfilled') return outcome.value;
      // The caller's stream broke, not a connection to WeChat Pay.
      const cause = outcome.status === 'rejected' ? outcome.reason : undefined;
      throw refused(
        message('did not arrive completely: reading it failed; nothing was sent'),
        cause,
      );
    });
  } finally {
    timeout.finish();
  }
}

/**
 * A copy of the bytes of a typed array, a DataView or an ArrayBuffer; `undefined` where it is
 * something else.
 *
 * @param {unknown} value
 * @param {number} most
 */
function copyOf(value, most) {
  const bytes = bytesOf(value, () => refused(message('is a view of a detached buffer')));
  if (bytes !== undefined && bytes.length > most) throw tooLarge(most);
  return bytes?.slice();
}

/**
 * @param {BodyFault} fault
 * @param {number} most
 */
function ofFault(fault, most) {
  switch (fault.kind) {
    case 'tooLarge':
      return tooLarge(most);
    case 'noBytes':
      return refused(message('is a stream of something else than bytes'));
    case 'endless':
      return refused(message('consists of empty parts without end'));
    default:
      return unreadable(fault.cause);
  }
}

/**
 * @param {number} most
 */
function tooLarge(most) {
  return refused(
    message(
      'is larger than {} bytes; where WeChat Pay takes more on this path, give maxBytes',
      most,
    ),
  );
}

/**
 * @param {unknown} thrown
 */
function unreadable(thrown) {
  return refused(message('cannot be read: it throws'), thrown);
}

/**
 * @param {import('./message.mjs').Message} problem
 * @param {unknown} [cause]
 */
function refused(problem, cause) {
  return validationError('file', problem, cause);
}
