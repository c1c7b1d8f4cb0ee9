// A downloaded file as a stream or as bytes. The Wasm reads its parts and verifies them
// (`src/wasm/file_stream.rs`).

/**
 * Returns the file as a stream. The stream fails at its end if the hash does not match. It fails at
 * once when `signal` is aborted, even if nobody is reading.
 */
export function streamOf(file, signal) {
  let forget = () => {};
  return new ReadableStream(
    {
      start(controller) {
        if (!signal) return;
        const abort = () => {
          forget();
          controller.error(signal.reason);
          file.cancel();
        };
        signal.addEventListener('abort', abort);
        forget = () => signal.removeEventListener('abort', abort);
        if (signal.aborted) abort();
      },
      async pull(controller) {
        try {
          const part = await file.next();
          if (part !== undefined) return controller.enqueue(part);
          forget();
          controller.close();
        } catch (error) {
          forget();
          // If the signal was aborted meanwhile, the stream has already failed with its reason.
          if (!signal?.aborted) throw error;
        }
      },
      cancel() {
        forget();
        file.cancel();
      },
    },
    // No part is read ahead, so that the timeout runs only while a reader waits.
    { highWaterMark: 0 },
  );
}

/** Returns the complete, verified file. */
export async function wholeOf(file) {
  const parts = [];
  let length = 0;
  for (let part = await file.next(); part !== undefined; part = await file.next()) {
    parts.push(part);
    length += part.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
