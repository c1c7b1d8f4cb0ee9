// A signal that never aborts.

/** Returns a `signal` that never aborts, and `listening()`, the number of its listeners. */
export function countedSignal() {
  const { signal } = new AbortController();
  let count = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...all) => {
    count += 1;
    return addEventListener.apply(signal, all);
  };
  signal.removeEventListener = (...all) => {
    count -= 1;
    return removeEventListener.apply(signal, all);
  };
  return { signal, listening: () => count };
}
