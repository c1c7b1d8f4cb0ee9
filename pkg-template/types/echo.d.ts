/**
 * The result of {@link Wechatpay.echo}.
 *
 * @example
 * ```ts
 * const { echoMessage, encryptedEchoMessage }: Echo = await wxpay.echo();
 * ```
 */
export interface Echo {
  /** The message. WeChat Pay returned it unchanged. */
  echoMessage: string;
  /**
   * The message that WeChat Pay encrypted for the merchant, decrypted with the merchant's key. It
   * is missing if WeChat Pay did not return it, and if that key only signs: it is a `signer`'s, or a CryptoKey.
   */
  encryptedEchoMessage?: string;
}
