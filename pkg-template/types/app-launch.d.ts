/**
 * Parameters of {@link Wechatpay.appLaunchParams}.
 *
 * @example
 * ```ts
 * const params: AppLaunchParams = { appid, preEntrustwebId, outContractCode };
 * ```
 */
export interface AppLaunchParams {
  /** The appid of the pre-sign: 1 to 32 characters. */
  appid: string;
  /** The pre-sign id, at most 2 minutes old: 1 to 128 characters. */
  preEntrustwebId: string;
  /** The merchant's own number of the pre-signed contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * The parameters that the phone app passes to WeChat's SDK, unchanged.
 *
 * @example
 * ```ts
 * const { businessType, query }: AppLaunch = await wxpay.appLaunchParams(launched);
 * ```
 */
export interface AppLaunch {
  businessType: 'liteAppC2CSignPay';
  /** A signed query string with percent-encoded values. Anyone who has it can open the page. */
  query: string;
}
