import { randomUUID } from 'node:crypto';

/**
 * Keeps the notifications that are on their way, so that the next sandbox with the same file sends what this
 * one has not delivered.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {(url: string, event: object, maxAttempts?: number) => Promise<object>} deliver
 * @param {AbortSignal} closing what it cuts short is not delivered
 */
export function createOutbox(state, deliver, closing) {
  const table = state.table('outbox');
  const sendKept = async ({ key, url, event, maxAttempts }) => {
    try {
      return await deliver(url, event, maxAttempts);
    } finally {
      if (!closing.aborted) forget(key);
    }
  };
  const forget = (key) => {
    try {
      table.delete(key);
    } catch {
      // The file is another sandbox's by now, which sends it, too.
    }
  };
  return {
    /** Is kept before the function returns. */
    async send(url, event, maxAttempts) {
      if (url === undefined) return undefined;
      const kept = { key: randomUUID(), url: String(url), event, maxAttempts };
      table.set(kept.key, kept);
      // Not before what it tells of is remembered, too; and not if that fails.
      await undefined;
      return table.get(kept.key) && sendKept(kept);
    },
    /** Sends what an earlier sandbox had not delivered. */
    resume() {
      for (const kept of table.values()) sendKept(kept).catch(() => {});
    },
  };
}
