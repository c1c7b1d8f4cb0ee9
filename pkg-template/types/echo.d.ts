/**
 * What {@link Wechatpay.echo} gives.
 *
 * @example
 * ```ts
 * const { echoMessage, encryptedEchoMessage }: Echo = await wxpay.echo();
 * ```
 */
export interface Echo {
  /** The message, which came back as it was sent. */
  echoMessage: string;
  /** What WeChat Pay encrypted for the merchant, opened with the merchant's key, where it did. */
  encryptedEchoMessage?: string;
}
