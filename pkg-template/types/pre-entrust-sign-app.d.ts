import type { CallOptions } from './call-options.js';
import type { PreEntrustSign, PreEntrustSignAppParams } from './individual-contracts.js';

/**
 * {@link Wechatpay.preEntrustSignApp} on a client that is opened from `process.env` at the first
 * call, as {@link Wechatpay.fromEnv} does, and then kept.
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
