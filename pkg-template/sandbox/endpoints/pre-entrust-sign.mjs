import { preEntrustwebId } from '../pre-entrustweb-id.mjs';
import { appid, identity, openid, outContractCode } from './contract-fields.mjs';

const FAMILY = '/v3/ecommerce/individual-contracts';
const contract = { appid, out_contract_code: outContractCode };

/** The four pre-sign calls (docs 4015851472, 4020023636, 4020083765 and 4020023723). */
export const preEntrustSigns = [
  preSign('pre-entrust-sign/app', contract),
  preSign('pre-entrust-sign/mini-program', { ...contract, openid }),
  preSign('pre-entrust-sign-with-real-name-identity/app', { ...contract, ...identity }),
  preSign('pre-entrust-sign-with-real-name-identity/mini-program', {
    ...contract,
    openid,
    ...identity,
  }),
];

function preSign(path, body) {
  return Object.freeze({
    method: 'POST',
    path: `${FAMILY}/${path}`,
    body: Object.freeze(body),
    response(parameters, { merchant, contracts, now }) {
      contracts.sign(parameters, now);
      return {
        pre_entrustweb_id: preEntrustwebId(parameters.out_contract_code, merchant.preSignSecret),
      };
    },
  });
}
