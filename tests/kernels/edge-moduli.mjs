// Odd numbers at the edges, as in `src/rsa/tests/mod.rs`: next to powers of two from above and
// below, all digits equal, half of the digits zero, and digits of half their base, which are the
// most negative ones.

/** The edge numbers of `bits` bits. `bits` is a BigInt. */
export function edgeModuli(bits) {
  const power = (exponent) => 1n << exponent;
  const halves = (width) => {
    let m = power(bits - 1n) + 1n;
    for (let at = width - 1n; at < bits - 1n; at += width) m |= power(at);
    return m;
  };
  return [
    power(bits) - 1n,
    power(bits) - 105n,
    power(bits - 1n) + 1n,
    power(bits - 1n) + 1155n,
    power(bits) - power(bits / 2n) + 1n,
    power(bits - 1n) + power(bits / 2n) - 1n,
    ((power(bits) - 1n) / 3n) * 2n + 1n,
    ((power(bits) - 1n) / 7n) * 6n + 1n,
    ...[28n, 29n, 46n, 47n].map(halves),
  ].map((m) => m | 1n);
}
