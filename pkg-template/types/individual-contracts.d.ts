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
 * What a pre-sign call responses.
 *
 * @example
 * ```ts
 * const { preEntrustwebId }: PreEntrustSign = await wxpay.preEntrustSignApp(params);
 * ```
 */
export interface PreEntrustSign {
  /** The pre-sign id. WeChat must be opened with it within 2 minutes. */
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
  /** The payee, as the mini program knows them: 1 to 64 characters. */
  openid: string;
}

/**
 * Who alone may sign a contract. The name and the number go out encrypted; no error, log line or
 * inspection shows them.
 *
 * @example
 * ```ts
 * const identity: Identity = { realName, credType: 'ID_CARD', credId };
 * ```
 */
export interface Identity {
  /**
   * The name on the document, in plain text: 1 to 64 characters, which take at most 214 bytes in UTF-8
   * (64 characters of three bytes are 192).
   */
  realName: string;
  /** The kind of document: a Chinese resident identity card. */
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
  /** The appid that the contract was pre-signed with: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * Parameters of {@link Wechatpay.queryContractByOpenid}.
 *
 * @example
 * ```ts
 * const params: QueryContractByOpenidParams = { appid, openid, permissionType: 'INDIVIDUAL_PAYEE' };
 * ```
 */
export interface QueryContractByOpenidParams {
  /** The appid that the openid belongs to: 1 to 32 characters. */
  appid: string;
  /** The payee: 1 to 128 characters. */
  openid: string;
  /** What the contract permits: to pay a private person. */
  permissionType: 'INDIVIDUAL_PAYEE';
}

/**
 * Whether a contract holds. WeChat Pay may respond with a state that is not documented yet.
 *
 * @example
 * ```ts
 * const holds = (state: AuthState) => state === 'AUTHORIZED';
 * ```
 */
export type AuthState = 'AUTHORIZED' | 'UNAUTHORIZED' | (string & {});

/**
 * A contract, as {@link Wechatpay.queryContractByOutContractCode} responses it.
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
  /** When it was signed: RFC 3339, as WeChat Pay wrote it, `2018-06-08T10:34:56+08:00`. */
  signedTime: string;
  authState: AuthState;
  /** WeChat Pay's id of the authorisation. */
  individualAuthId?: string;
  /** The payee, as the app knows them. */
  individualOpenid?: string;
  /** Leave to read the payee's real name, where it was given. */
  realNameAuthResult?: RealNameAuthResult;
}

/**
 * Leave to read a payee's real name.
 *
 * @example
 * ```ts
 * const { accessToken, accessTokenExpireTime }: RealNameAuthResult = leave;
 * ```
 */
export interface RealNameAuthResult {
  /** What the token is good for. */
  scope: 'pay_realname' | (string & {});
  /** Whoever has it can read the name: never log it. */
  accessToken: string;
  /** Until when the token holds: RFC 3339, as WeChat Pay wrote it. */
  accessTokenExpireTime: string;
}

/**
 * A contract, as {@link Wechatpay.queryContractByOpenid} responses it.
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
