/** The platform certificates (doc 4012068814). */
export const certificates = Object.freeze({
  method: 'GET',
  path: '/v3/certificates',
  response: (_, { merchant }) => merchant.certificates.list(merchant.apiv3Key),
});
