// Replaces the host's random bytes by known ones.

/** Runs `call` while the host's random bytes begin with `nonce`, given in hexadecimal. */
export async function withNonce(nonce, call) {
  const { getRandomValues } = crypto;
  crypto.getRandomValues = (array) => {
    array.fill(0x5a);
    array.set(Buffer.from(nonce, 'hex').subarray(0, array.length));
    return array;
  };
  try {
    return await call();
  } finally {
    crypto.getRandomValues = getRandomValues;
  }
}
