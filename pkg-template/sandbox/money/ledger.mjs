/**
 * Every movement of money, in the order in which they happened: what the bills are made of.
 *
 * @param {{ table: (name: string) => object }} state
 */
export function createLedger(state) {
  const entries = state.table('ledger');
  let last = entries.values().reduce((most, { number }) => Math.max(most, number), 0);
  return {
    /** The number of the last movement. A bill up to it stays the same. */
    get last() {
      return last;
    },
    /** @param {{ kind: string, at: number, amount: number, order?: string }} entry `amount` in fen */
    enter(entry) {
      last += 1;
      entries.set(String(last), { number: last, ...entry });
    },
    upTo: (number) => entries.values().filter((entry) => entry.number <= number),
  };
}
