/**
 * Parameters of {@link Wechatpay.appLaunchParams}.
 *
 * @example
 * ```ts
 * const params: AppLaunchParams = { appid, preEntrustwebId, outContractCode };
 * ```
 */
export interface AppLaunchParams {
  /** The appid that was pre-signed with: 1 to 32 characters. */
  appid: string;
  /** The pre-sign id, at most 2 minutes old: 1 to 128 characters. */
  preEntrustwebId: string;
  /** The merchant's own number of the contract that was pre-signed: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * What the phone app hands to WeChat's SDK, as it is.
 *
 * @example
 * ```ts
 * const { businessType, query }: AppLaunch = await wxpay.appLaunchParams(launched);
 * ```
 */
export interface AppLaunch {
  businessType: 'liteAppC2CSignPay';
  /** A signed query string, each value of it percent-encoded. Whoever has it can open the page. */
  query: string;
}
