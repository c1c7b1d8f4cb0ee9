// Converts the options of a client to environment variables.

/** The variables that `Wechatpay.fromEnv` reads, with the values of these options. */
export function environmentOf({ mchid, serial, privateKey, certs, apiv3Key, baseUrl }) {
  const [[publicKeyId, publicKey]] = Object.entries(certs);
  return {
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_PRIVATE_KEY: privateKey,
    WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
    WECHATPAY_PUBLIC_KEY: publicKey,
    WECHATPAY_APIV3_KEY: apiv3Key,
    WECHATPAY_BASE_URL: baseUrl,
  };
}
