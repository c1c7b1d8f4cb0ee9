import { encrypted, oneOf, text } from '../fields.mjs';

/** The common fields of the calls for individual contracts (docs 4015851472 and 4020023723). */
export const appid = text({ max: 32 });
export const outContractCode = text({ max: 128, characters: '0-9A-Za-z_-' });
export const openid = text({ max: 64 });
export const identity = Object.freeze({
  real_name: encrypted({ max: 64 }),
  cred_type: oneOf('ID_CARD'),
  cred_id: encrypted({ max: 64 }),
});
