import { createHmac } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 29;

/**
 * The pre_entrustweb_id of a contract, in the form of the example that WeChat Pay's documents give
 * for this parameter, `5778aadY9nltAsZzXixCkFIGYnV2V` (doc 4017177322, the pre-sign of another
 * product; a string of 1 to 128): 29 of 0-9, A-Z and a-z. It is derived and not drawn, so that the
 * same out_contract_code has the same one while the sandbox lives, with nothing to remember.
 *
 * @param {string} outContractCode
 * @param {Buffer} secret the sandbox's
 */
export function preEntrustwebId(outContractCode, secret) {
  const digest = createHmac('sha256', secret).update(outContractCode).digest('hex');
  const base = BigInt(ALPHABET.length);
  let rest = BigInt(`0x${digest}`);
  let id = '';
  for (; id.length < LENGTH; rest /= base) id += ALPHABET[Number(rest % base)];
  return id;
}
