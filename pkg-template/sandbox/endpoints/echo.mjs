import { encryptField } from '../encrypted-field.mjs';
import { encrypted, text } from '../fields.mjs';

/**
 * The echo (doc 4015139289). It returns an encrypted message encrypted again, for the merchant. The
 * documents name no limits for the fields: these are our own. `notify_url` is accepted, but nothing
 * is sent to it.
 */
export const echo = Object.freeze({
  method: 'POST',
  path: '/v3/security/echo',
  body: Object.freeze({
    notify_url: text({ max: 256, optional: true }),
    echo_message: text({ max: 2_048 }),
    encrypted_echo_message: encrypted({ max: 214, optional: true }),
  }),
  response: ({ echo_message: message, encrypted_echo_message: secret }, { merchant }) => ({
    echo_message: message,
    ...(secret === undefined
      ? {}
      : { encrypted_echo_message: encryptField(secret, merchant.publicKey) }),
  }),
});
