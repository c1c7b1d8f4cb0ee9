/** How many may watch at once: each is a connection that stays open. */
const MAX_STREAMS = 16;

/** A watcher that reads nothing is disconnected once so much waits for it, in bytes. */
const MAX_WAITING = 8 * 1024 * 1024;

/** Keeps what lies between from closing a silent connection, in milliseconds. */
const HEARTBEAT = 15_000;

/** The event streams of those who watch (server-sent events, HTML standard, section 9.2). */
export function createEventStreams() {
  const streams = new Set();
  return {
    /** @returns {boolean} false if there are too many already */
    open(response, headers) {
      if (streams.size >= MAX_STREAMS) return false;
      response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
      response.write(': the sandbox\n\n');
      const timer = setInterval(() => response.write(': still here\n\n'), HEARTBEAT).unref();
      streams.add(response);
      response.once('close', () => {
        clearInterval(timer);
        streams.delete(response);
      });
      return true;
    },
    get isWatched() {
      return streams.size > 0;
    },
    send(event, value) {
      const text = `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
      for (const stream of streams) {
        stream.write(text);
        if (stream.writableLength > MAX_WAITING) stream.destroy();
      }
    },
  };
}
