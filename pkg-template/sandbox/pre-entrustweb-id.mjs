import { createHmac } from 'node:crypto';

/**
 * Makes the pre_entrustweb_id of a contract in the documented form: `1121_`, 64 hexadecimal digits,
 * `_`, 32 hexadecimal digits (doc 4015851472). The id is derived, not random, so that the same
 * out_contract_code has the same id while the sandbox runs, without storing it.
 *
 * @param {string} outContractCode
 * @param {Buffer} secret the sandbox's
 */
export function preEntrustwebId(outContractCode, secret) {
  const derive = (what) => createHmac('sha256', secret).update(`${what}${outContractCode}`);
  const [long, short] = ['', 'short '].map((what) => derive(what).digest('hex'));
  return `1121_${long}_${short.slice(0, 32)}`;
}
