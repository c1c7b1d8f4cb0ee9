import { createHmac } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 29;

/**
 * Makes the pre_entrustweb_id of a contract: 29 characters of 0-9, A-Z and a-z. This is the form of
 * WeChat Pay's documented example `5778aadY9nltAsZzXixCkFIGYnV2V` (doc 4017177322, the pre-sign of
 * another product; a string of 1 to 128). The id is derived, not random, so that the same
 * out_contract_code has the same id while the sandbox runs, without storing it.
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
