/**
 * Parameters of {@link Wechatpay.preEntrustSignApp}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignAppParams = {
 *   appid: 'wxd678efh567h23787',
 *   outContractCode: 'APPLYMENT_00000000001',
 * };
 * ```
 */
export interface PreEntrustSignAppParams {
  /** The app's appid, bound to the merchant: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * The result of a pre-sign call.
 *
 * @example
 * ```ts
 * const { preEntrustwebId }: PreEntrustSign = await wxpay.preEntrustSignApp(params);
 * ```
 */
export interface PreEntrustSign {
  /** The pre-sign id. The app or mini program must open WeChat with it within 2 minutes. */
  preEntrustwebId: string;
}

/**
 * Parameters of {@link Wechatpay.preEntrustSignMiniProgram}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignMiniProgramParams = {
 *   appid: 'wxd678efh567h23787',
 *   outContractCode: 'APPLYMENT_00000000001',
 *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
 * };
 * ```
 */
export interface PreEntrustSignMiniProgramParams {
  /** The mini program's appid, bound to the merchant: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
  /** The payee's openid in the mini program: 1 to 64 characters. */
  openid: string;
}

/**
 * The only person who can sign the contract. The client encrypts the name and the number before it
 * sends them. No error, log line or inspection shows them.
 *
 * @example
 * ```ts
 * const identity: Identity = { realName, credType: 'ID_CARD', credId };
 * ```
 */
export interface Identity {
  /**
   * The name on the document, in plain text: 1 to 64 characters, and at most 214 bytes in UTF-8 (64
   * characters of three bytes are 192 bytes).
   */
  realName: string;
  /** The kind of document. `ID_CARD` is a Chinese resident identity card. */
  credType: 'ID_CARD';
  /** The number on the document, in plain text: 1 to 64 characters. */
  credId: string;
}

/**
 * Parameters of {@link Wechatpay.preEntrustSignAppWithRealName}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignAppWithRealNameParams = { appid, outContractCode, ...identity };
 * ```
 */
export interface PreEntrustSignAppWithRealNameParams extends PreEntrustSignAppParams, Identity {}

/**
 * Parameters of {@link Wechatpay.preEntrustSignMiniProgramWithRealName}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignMiniProgramWithRealNameParams = {
 *   appid,
 *   outContractCode,
 *   openid,
 *   ...identity,
 * };
 * ```
 */
export interface PreEntrustSignMiniProgramWithRealNameParams
  extends PreEntrustSignMiniProgramParams,
    Identity {}

/**
 * Parameters of {@link Wechatpay.queryContractByOutContractCode}.
 *
 * @example
 * ```ts
 * const params: QueryContractByOutContractCodeParams = { appid, outContractCode };
 * ```
 */
export interface QueryContractByOutContractCodeParams {
  /** The appid of the pre-sign: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * Parameters of {@link Wechatpay.queryContractByOpenid}.
 *
 * @example
 * ```ts
 * const params: QueryContractByOpenidParams = { appid, openid };
 * ```
 */
export interface QueryContractByOpenidParams {
  /** The appid that the openid belongs to: 1 to 32 characters. */
  appid: string;
  /** The payee's openid: 1 to 128 characters. */
  openid: string;
  /**
   * The permission that the contract gives: payments to an individual. There is no other.
   * @defaultValue `'INDIVIDUAL_PAYEE'`
   */
  permissionType?: 'INDIVIDUAL_PAYEE' | undefined;
}

/**
 * The state of a contract. Only `AUTHORIZED` means that the contract is in force. WeChat Pay may
 * return a state that is not documented yet.
 *
 * @example
 * ```ts
 * const isInForce = (state: AuthState) => state === 'AUTHORIZED';
 * ```
 */
export type AuthState = 'AUTHORIZED' | 'UNAUTHORIZED' | (string & {});

/**
 * A contract, as {@link Wechatpay.queryContractByOutContractCode} returns it.
 *
 * @example
 * ```ts
 * const contract: ContractByOutContractCode = await wxpay.queryContractByOutContractCode({
 *   appid,
 *   outContractCode,
 * });
 * if (contract.authState === 'AUTHORIZED') log(contract.individualOpenid ?? 'unknown');
 * ```
 */
export interface ContractByOutContractCode {
  /** When it was signed: RFC 3339, as WeChat Pay wrote it, such as `2018-06-08T10:34:56+08:00`. */
  signedTime: string;
  authState: AuthState;
  /** WeChat Pay's id of the authorisation. */
  individualAuthId?: string;
  /** The payee's openid in the app. */
  individualOpenid?: string;
  /** The permission to read the payee's real name, if it was given. */
  realNameAuthResult?: RealNameAuthResult;
}

/**
 * The permission to read a payee's real name.
 *
 * @example
 * ```ts
 * const { accessToken, accessTokenExpireTime }: RealNameAuthResult = leave;
 * ```
 */
export interface RealNameAuthResult {
  /** What the token permits. */
  scope: 'pay_realname' | (string & {});
  /** The token. Anyone who has it can read the name, so never log it. */
  accessToken: string;
  /** When the token expires: RFC 3339, as WeChat Pay wrote it. */
  accessTokenExpireTime: string;
}

/**
 * A contract, as {@link Wechatpay.queryContractByOpenid} returns it.
 *
 * @example
 * ```ts
 * const { authState, operationTime }: ContractByOpenid = await wxpay.queryContractByOpenid({
 *   appid,
 *   openid,
 *   permissionType: 'INDIVIDUAL_PAYEE',
 * });
 * ```
 */
export interface ContractByOpenid {
  /** WeChat Pay's id of the authorisation. */
  individualAuthId: string;
  /** When its state last changed: RFC 3339, as WeChat Pay wrote it. */
  operationTime: string;
  authState: AuthState;
}
