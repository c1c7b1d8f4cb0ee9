import { contractByCode, contractByOpenid } from '../contracts.mjs';
import { oneOf, text } from '../fields.mjs';
import { Refusal } from '../refusal.mjs';
import { appid, outContractCode } from './contract-fields.mjs';

const FAMILY = '/v3/ecommerce/individual-contracts';

/** Query by out_contract_code (doc 4015851492). */
export const queryContractByCode = Object.freeze({
  method: 'GET',
  path: `${FAMILY}/out-contract-code/{out_contract_code}`,
  segments: Object.freeze({ out_contract_code: outContractCode }),
  query: Object.freeze({ appid }),
  response: (parameters, { contracts }) => contractByCode(known(contracts.byCode(parameters))),
});

/** Query by openid (doc 4012739528). */
export const queryContractByOpenid = Object.freeze({
  method: 'GET',
  path: `${FAMILY}/{openid}`,
  segments: Object.freeze({ openid: text({ max: 128 }) }),
  query: Object.freeze({ appid, permission_type: oneOf('INDIVIDUAL_PAYEE') }),
  response: (parameters, { contracts }) => contractByOpenid(known(contracts.byOpenid(parameters))),
});

/**
 * Refuses an unknown contract: 404 with the public code for a missing resource (doc 4012081717).
 */
function known(contract) {
  if (contract !== undefined) return contract;
  throw new Refusal({
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: '查询的资源不存在',
    reason: 'no such contract was pre-signed in this sandbox with this appid',
  });
}
