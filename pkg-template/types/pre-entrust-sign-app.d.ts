import type { CallOptions } from './call-options.js';
import type { PreEntrustSign, PreEntrustSignAppParams } from './individual-contracts.js';

/**
 * Requests a pre-sign id without a client of your own. The first call creates a client from `process.env`, as
 * {@link Wechatpay.fromEnv} does. Later calls use the same client.
 *
 * It does the same as {@link Wechatpay.preEntrustSignApp}, described at
 * https://pay.weixin.qq.com/doc/v3/partner/4015851472
 *
 * @throws `ConfigError` if an environment variable is missing or wrong.
 * @throws `ValidationError`, `ApiError`, `VerificationError` or `TransportError`, as the method does.
 *
 * @example
 * ```ts
 * const { preEntrustwebId } = await preEntrustSignApp({ appid, outContractCode });
 * ```
 */
export function preEntrustSignApp(
  params: PreEntrustSignAppParams,
  options?: CallOptions,
): Promise<PreEntrustSign>;
