// @ts-check
// A file as its caller reads it: as a stream, or whole.

import { onAbort, throwIfAborted } from './abort-signal.mjs';
import { nowhere } from './caller.mjs';
import { CollectedBytes } from './collected-bytes.mjs';
import { configError } from './failures.mjs';
import { bare, isFunction, part } from './foreign.mjs';
import { message } from './message.mjs';

/** @typedef {import('./file-parts.mjs').FileParts} FileParts */

/** Throws where this host has no streams, before anything is sent. */
export function needStreams() {
  if (isFunction(part(globalThis, 'ReadableStream'))) return;
  throw configError('ReadableStream', message('this runtime has none; downloadBytes() needs none'));
}

/**
 * The file as a stream. It fails at its end where the file is not the one that was promised, and at
 * once when the signal is aborted, even while nobody reads.
 *
 * @param {FileParts} file
 * @param {unknown} [signal]
 * @param {import('./caller.mjs').Site} [site] of the call, where the stacks of its errors begin
 * @returns {ReadableStream<Uint8Array>}
 */
export function streamOf(file, signal, site = nowhere()) {
  // What becomes of the call shows at the end of its file.
  const { watch } = site;
  site.watch = undefined;
  let forget = () => {};
  let aborted = false;
  /** @type {UnderlyingDefaultSource<Uint8Array>} */
  const source = {
    start(controller) {
      if (signal === undefined) return;
      /** @param {unknown} reason */
      const abort = (reason) => {
        aborted = true;
        forget();
        controller.error(reason);
        file.cancel();
        watch?.failed(reason);
      };
      try {
        forget = onAbort(signal, abort);
        throwIfAborted(signal);
      } catch (thrown) {
        abort(thrown);
      }
    },
    async pull(controller) {
      try {
        const part = await file.next();
        if (part !== undefined) return controller.enqueue(part);
        forget();
        controller.close();
        watch?.succeeded(undefined);
      } catch (error) {
        forget();
        // Aborted meanwhile, it has failed with the signal's reason already.
        if (aborted) return;
        const thrown = site(error);
        watch?.failed(thrown);
        throw thrown;
      }
    },
    cancel(reason) {
      forget();
      file.cancel();
      watch?.abandoned(reason);
    },
  };
  // Nothing is read ahead: time runs while somebody waits, and not while nobody reads.
  return new ReadableStream(bare(source), bare({ highWaterMark: 0 }));
}

/**
 * The whole file, verified.
 *
 * @param {FileParts} file
 */
export async function wholeOf(file) {
  const whole = new CollectedBytes();
  for (let part = await file.next(); part !== undefined; part = await file.next()) whole.add(part);
  return whole.joined();
}
