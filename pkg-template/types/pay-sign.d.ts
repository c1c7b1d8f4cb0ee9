/**
 * Parameters of {@link Wechatpay.paySign}.
 *
 * @example
 * ```ts
 * const order: PaySignParams<'app'> = { type: 'app', appid, prepayId };
 * ```
 */
export type PaySignParams<Type extends PaySignType = PaySignType> = {
  /**
   * Where the cashier opens: a page in WeChat, a mini program or an app. For an app a different
   * string is signed.
   */
  type: Type;
  /** The appid of the order: 1 to 32 characters. */
  appid: string;
  /**
   * The `prepay_id` from the response to the order, without `prepay_id=`: 1 to 64 characters. It is
   * valid for two hours.
   */
  prepayId: string;
} & (Type extends 'app'
  ? {
      /**
       * The merchant number that the order names: 1 to 32 digits. A partner needs it if the order
       * is for another merchant.
       * @defaultValue the client's `mchid`
       */
      partnerid?: string | undefined;
    }
  : { partnerid?: undefined });

/**
 * Where WeChat's cashier opens.
 *
 * @example
 * ```ts
 * const type: PaySignType = 'miniprogram';
 * ```
 */
export type PaySignType = 'jsapi' | 'miniprogram' | 'app';

/**
 * The argument of a mini program's `wx.requestPayment`.
 *
 * @example
 * ```ts
 * const order = { type: 'miniprogram', appid, prepayId } as const;
 * const payment: MiniProgramPayment = await wxpay.paySign(order);
 * // in the mini program: wx.requestPayment({ ...payment, success, fail })
 * ```
 */
export interface MiniProgramPayment {
  /** Seconds since 1970, as text. */
  timeStamp: string;
  nonceStr: string;
  /** `prepay_id=…` */
  package: string;
  signType: 'RSA';
  paySign: string;
}

/**
 * The argument of `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` in a page in WeChat.
 *
 * @example
 * ```ts
 * const payment: JsapiPayment = await wxpay.paySign({ type: 'jsapi', appid, prepayId });
 * // in the page: WeixinJSBridge.invoke('getBrandWCPayRequest', payment, callback)
 * ```
 */
export interface JsapiPayment extends MiniProgramPayment {
  appId: string;
}

/**
 * The members of a `PayReq` of WeChat's SDK for apps. On Android and HarmonyOS `package` is called
 * `packageValue`, and names are in camelCase: `partnerId`, `nonceStr`.
 *
 * @example
 * ```ts
 * const payment: AppPayment = await wxpay.paySign({ type: 'app', appid, prepayId });
 * ```
 */
export interface AppPayment {
  appid: string;
  partnerid: string;
  prepayid: string;
  package: 'Sign=WXPay';
  noncestr: string;
  /** Seconds since 1970, as text. */
  timestamp: string;
  sign: string;
}
