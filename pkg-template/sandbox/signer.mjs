/** The signer whose signatures WeChat Pay's public key verifies. */
export function keySigner({ wechatpayKeyId, wechatpayPrivateKey }) {
  return { id: wechatpayKeyId, privateKey: wechatpayPrivateKey };
}

/**
 * Selects the signer of the response to a call: the current platform certificate, unless
 * `Wechatpay-Serial` names the public key (doc 4012365342). A call with an unknown
 * `Wechatpay-Serial` is refused, and the public key verifies that response.
 *
 * @param {{ headers: Record<string, string> }} call
 * @param {object} merchant
 */
export function signerOf({ headers }, merchant) {
  const serial = headers['wechatpay-serial'];
  return serial === undefined || merchant.certificates.has(serial)
    ? merchant.certificates.signer
    : keySigner(merchant);
}

/** Returns the private key that decrypts the fields of a call; undefined if it names no key. */
export function decryptionKeyOf({ headers }, { certificates, wechatpayPrivateKey }) {
  const serial = headers['wechatpay-serial'];
  return serial === undefined
    ? undefined
    : (certificates.privateKeyOf(serial) ?? wechatpayPrivateKey);
}
