/**
 * Parameters of {@link Wechatpay.paySign}.
 *
 * @example
 * ```ts
 * const order: PaySignParams<'app'> = { type: 'app', appid, prepayId };
 * ```
 */
export type PaySignParams<Type extends PaySignType = PaySignType> = {
  /** Where the cashier opens: a page in WeChat, a mini program, or an app. An app signs another string. */
  type: Type;
  /** The appid that the order was made with: 1 to 32 characters. */
  appid: string;
  /** The `prepay_id` that making the order responded, without `prepay_id=`. It holds for two hours. */
  prepayId: string;
} & (Type extends 'app'
  ? {
      /** Of a partner whose order names another merchant: that one's number. Otherwise the client's. */
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
 * What `wx.requestPayment` of a mini program takes.
 *
 * @example
 * ```ts
 * const payment: MiniProgramPayment = await wxpay.paySign({ type: 'miniprogram', appid, prepayId });
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
 * What `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` of a page in WeChat takes.
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
 * What a `PayReq` of WeChat's SDK for apps takes. On Android and HarmonyOS `package` is called
 * `packageValue`, and names have capitals: `partnerId`, `nonceStr`.
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
