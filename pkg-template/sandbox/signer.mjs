/** Who signs with the public key's other half. */
export function keySigner({ wechatpayKeyId, wechatpayPrivateKey }) {
  return { id: wechatpayKeyId, privateKey: wechatpayPrivateKey };
}

/**
 * Who signs the response to a call: the platform certificate, unless `Wechatpay-Serial` asks for the
 * public key (doc 4012365342). One that names nothing known is refused, and is no certificate's.
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

/** The private key that opens what a call encrypts: the other half of the one that it names, if any. */
export function openerOf({ headers }, { certificates, wechatpayPrivateKey }) {
  const serial = headers['wechatpay-serial'];
  return serial === undefined
    ? undefined
    : (certificates.privateKeyOf(serial) ?? wechatpayPrivateKey);
}
