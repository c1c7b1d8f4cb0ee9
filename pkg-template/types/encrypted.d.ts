/**
 * A text that is encrypted for WeChat Pay.
 *
 * @example
 * ```ts
 * const { ciphertext, serial }: Encrypted = await wxpay.encrypt('张三');
 * await wxpay.v3.x.post({ json: { name: ciphertext }, headers: { 'Wechatpay-Serial': serial } });
 * ```
 */
export interface Encrypted {
  /** The encrypted text in base64, as a request has it. */
  ciphertext: string;
  /** The id of the key: the value of `Wechatpay-Serial` in the request. */
  serial: string;
}
