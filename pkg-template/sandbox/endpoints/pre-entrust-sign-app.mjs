import { text } from '../fields.mjs';
import { preEntrustwebId } from '../pre-entrustweb-id.mjs';

/** Pre-sign for an app (doc 4015851472). */
export const preEntrustSignApp = Object.freeze({
  method: 'POST',
  path: '/v3/ecommerce/individual-contracts/pre-entrust-sign/app',
  body: Object.freeze({
    appid: text({ max: 32 }),
    out_contract_code: text({ max: 128, characters: '0-9A-Za-z_-' }),
  }),
  answer: ({ out_contract_code: outContractCode }, { preSignSecret }) => ({
    pre_entrustweb_id: preEntrustwebId(outContractCode, preSignSecret),
  }),
});
