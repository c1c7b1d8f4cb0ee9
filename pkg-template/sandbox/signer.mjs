/**
 * The signer of what names no key: notifications, and responses to calls without `Wechatpay-Serial`. It
 * is the current platform certificate of a merchant that has certificates.
 */
export function defaultSigner(merchant) {
  return merchant.certificates?.signer ?? keySigner(merchant);
}

/** The signer whose signatures WeChat Pay's public key verifies; undefined if the merchant has none. */
export function keySigner({ wechatpayKeyId, wechatpayPrivateKey }) {
  return wechatpayKeyId && { id: wechatpayKeyId, privateKey: wechatpayPrivateKey };
}

/**
 * Selects the signer of the response to a call: what `Wechatpay-Serial` names, the public key or a
 * platform certificate (doc 4012365342), or else the default one.
 *
 * @param {{ headers: Record<string, string> }} call
 * @param {object} merchant
 */
export function signerOf(call, merchant) {
  return namedSigner(call, merchant) ?? defaultSigner(merchant);
}

/** Returns the private key that decrypts the fields of a call; undefined if it names no key. */
export function decryptionKeyOf(call, merchant) {
  return namedSigner(call, merchant)?.privateKey;
}

function namedSigner({ headers }, merchant) {
  const serial = headers['wechatpay-serial'];
  if (serial === undefined) return undefined;
  const key = keySigner(merchant);
  return serial === key?.id ? key : merchant.certificates?.signerOf(serial);
}
