// A file as its caller reads it. What its parts are, and whether they are proven, is decided in Wasm
// (`src/wasm/file_stream.rs`).

/** The file as a stream, which fails at its end where the file is not the one that was promised. */
export function streamOf(file) {
  return new ReadableStream(
    {
      async pull(controller) {
        const part = await file.next();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
      cancel() {
        file.cancel();
      },
    },
    // Nothing is read ahead: time runs while somebody waits, and not while nobody reads.
    { highWaterMark: 0 },
  );
}

/** The whole file, proven. */
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
