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
   * is missing if WeChat Pay did not return it, and if a `signer` or the host has that key.
   */
  encryptedEchoMessage?: string;
}
