// A file as its caller reads it. What its parts are, and whether they are verified, is decided in Wasm
// (`src/wasm/file_stream.rs`).

/**
 * The file as a stream, which fails at its end where the file is not the one that was promised, and at
 * once when `signal` is aborted, even while nobody asks for a part.
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
          // Aborted meanwhile, it has failed with the signal's reason already.
          if (!signal?.aborted) throw error;
        }
      },
      cancel() {
        forget();
        file.cancel();
      },
    },
    // Nothing is read ahead: time runs while somebody waits, and not while nobody reads.
    { highWaterMark: 0 },
  );
}

/** The whole file, verified. */
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
