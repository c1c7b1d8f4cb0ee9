/**
 * A client for WeChat Pay APIv3. It signs requests in WebAssembly and verifies every response.
 *
 * @example
 * ```ts
 * import { Wechatpay } from 'wechatpay-wasm';
 *
 * const wxpay = new Wechatpay({ mchid, serial, privateKey, certs });
 * const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
 * ```
 *
 * @packageDocumentation
 */

// The same declarations as in TypeScript's `lib.esnext.disposable`. A reference to that library is
// an error before TypeScript 5.2. Where both exist, they declare one and the same symbol.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
}

export {
  CallOptions,
  ChainQuery,
  ChainOptions,
  ChainResponse,
  ChainLink,
  ChainNode,
  ApiV3,
  ApiV3Paths,
  ApiPaths,
  ApiUploads,
  ApiLists,
  EventResources,
  ErrorCode,
} from './api.js';
export { Fetch, FetchInit, FetchResponse } from './types/fetch.js';
export { Signer, SignerResult } from './types/signer.js';
export {
  CallEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  OutcomeEvent,
  SuccessEvent,
  FailureEvent,
  NotificationOutcome,
} from './types/hooks.js';
export { Logger, LogFields } from './types/logger.js';
export { WechatpayOptions } from './types/wechatpay-options.js';
export { Certs, PlatformCertificate } from './types/certificates.js';
export {
  KeyOptions,
  SignerOptions,
  SerialOptions,
  ClientOptions,
} from './types/client-options.js';
export { HostKeyObject, HostCryptoKey } from './types/host-keys.js';
export {
  PreEntrustSignAppParams,
  PreEntrustSign,
  PreEntrustSignMiniProgramParams,
  Identity,
  PreEntrustSignAppWithRealNameParams,
  PreEntrustSignMiniProgramWithRealNameParams,
  QueryContractByOutContractCodeParams,
  QueryContractByOpenidParams,
  AuthState,
  ContractByOutContractCode,
  RealNameAuthResult,
  ContractByOpenid,
} from './types/individual-contracts.js';
export { AppLaunchParams, AppLaunch } from './types/app-launch.js';
export { Echo } from './types/echo.js';
export { Encrypted } from './types/encrypted.js';
export {
  PaySignParams,
  PaySignType,
  MiniProgramPayment,
  JsapiPayment,
  AppPayment,
} from './types/pay-sign.js';
export { UploadParams, UploadBlob, UploadedMedia } from './types/upload.js';
export {
  DownloadParams,
  UnverifiedDownloadParams,
  UnverifiedBytes,
  UnverifiedStream,
} from './types/download.js';
export {
  PaginateOptions,
  PaginateArguments,
  OtherPaginateOptions,
  OtherListPath,
} from './types/paginate.js';
export {
  NotificationRequest,
  NotificationContext,
  NotificationHeaders,
  Notification,
  EventType,
  NotificationEvent,
  DocumentedNotification,
  UndocumentedNotification,
  UncomparedNotification,
  NotificationResponse,
} from './types/notification.js';
export { Wechatpay } from './types/wechatpay.js';
export { preEntrustSignApp } from './types/pre-entrust-sign-app.js';
export { notificationResponse } from './types/notification-response.js';
export {
  WechatpayError,
  ConfigError,
  InternalError,
  ValidationError,
  ApiError,
  VerificationError,
  TransportError,
} from './types/errors.js';
