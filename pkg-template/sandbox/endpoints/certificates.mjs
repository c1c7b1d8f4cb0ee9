import { text } from '../fields.mjs';
import { Refusal } from '../refusal.mjs';

/**
 * The platform certificates (doc 4012068814). A merchant with the public key alone has none: the
 * response is the one that developers published.
 */
export const certificates = Object.freeze({
  method: 'GET',
  path: '/v3/certificates',
  query: Object.freeze({
    algorithm_type: text({ max: 16, values: ['RSA', 'SM2', 'ALL'], optional: true }),
  }),
  response({ algorithm_type: type }, { merchant }) {
    // The sandbox has no keys of SM2.
    if (merchant.certificates && type === 'SM2') return { data: [] };
    if (merchant.certificates) return merchant.certificates.list(merchant.apiv3Key);
    throw new Refusal({
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
      reason: 'this merchant has the public key alone; `merchant` of createSandbox changes that',
    });
  },
});
