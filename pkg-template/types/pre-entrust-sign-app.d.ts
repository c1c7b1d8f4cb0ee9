import type { CallOptions } from './call-options.js';
import type { PreEntrustSign, PreEntrustSignAppParams } from './individual-contracts.js';

/**
 * Does the same as {@link Wechatpay.preEntrustSignApp}, without a client of your own. The first
 * call creates a client from `process.env`, as {@link Wechatpay.fromEnv} does. Later calls use the
 * same client.
 *
 * @throws {@link ConfigError} if an environment variable is missing or unusable. Otherwise the same
 * errors as {@link Wechatpay.preEntrustSignApp}.
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
