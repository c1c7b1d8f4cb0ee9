/** The signer whose signatures WeChat Pay's public key verifies. */
export function keySigner({ wechatpayKeyId, wechatpayPrivateKey }) {
  return { id: wechatpayKeyId, privateKey: wechatpayPrivateKey };
}

/**
 * Selects the signer of the response to a call: what `Wechatpay-Serial` names, the public key or a
 * platform certificate (doc 4012365342), or else the current certificate. A call with an unknown
 * `Wechatpay-Serial` is refused, and the public key verifies that response.
 *
 * @param {{ headers: Record<string, string> }} call
 * @param {object} merchant
 */
export function signerOf({ headers }, merchant) {
  const serial = headers['wechatpay-serial'];
  return serial === undefined
    ? merchant.certificates.signer
    : (merchant.certificates.signerOf(serial) ?? keySigner(merchant));
}

/** Returns the private key that decrypts the fields of a call; undefined if it names no key. */
export function decryptionKeyOf({ headers }, { certificates, wechatpayPrivateKey }) {
  const serial = headers['wechatpay-serial'];
  return serial === undefined
    ? undefined
    : (certificates.privateKeyOf(serial) ?? wechatpayPrivateKey);
}
