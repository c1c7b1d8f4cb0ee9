/** The platform certificates (doc 4012068814). */
export const certificates = Object.freeze({
  method: 'GET',
  path: '/v3/certificates',
  response: (_, { merchant: { apiv3Key, certificates: kept } }) => kept.list(apiv3Key),
});
