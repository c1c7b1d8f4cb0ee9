// Names of generated types: as short as they can be without one of them standing for two things.

// What the file declares by hand, and what TypeScript itself does.
const RESERVED = new Set([
  ...['Array', 'Boolean', 'Date', 'Error', 'Function', 'Map', 'Number', 'Object', 'Promise'],
  ...['Readonly', 'Record', 'Set', 'String', 'Symbol', 'Data', 'Path', 'Name', 'Body'],
]);

// With more words than these before it, a name says less than with a number.
const MOST_WORDS = 3;

/** `out_trade_no`, `out-trade-no` and `TRANSACTION.SUCCESS` become `OutTradeNo` and `TransactionSuccess`. */
export function pascal(text) {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map(
      (word) =>
        word[0].toUpperCase() + (/[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase()),
    )
    .join('');
}

export class Names {
  #taken;

  /** `others` are taken from the start. */
  constructor(others = []) {
    this.#taken = new Set([...RESERVED, ...others]);
  }

  /**
   * A name that ends with `last`. The words of `before` that stand nearest to it tell it from others,
   * and a number where they do not.
   */
  take(before, last) {
    for (let count = 0; count <= Math.min(before.length, MOST_WORDS); count += 1) {
      const name = pascal([...before.slice(before.length - count), last].join(' '));
      if (this.#free(name)) return this.#take(name);
    }
    for (let number = 2; ; number += 1) {
      const name = `${pascal([...before.slice(-1), last].join(' '))}${number}`;
      if (this.#free(name)) return this.#take(name);
    }
  }

  #free(name) {
    return !this.#taken.has(name) && /^[A-Z]/.test(name);
  }

  #take(name) {
    this.#taken.add(name);
    return name;
  }
}
