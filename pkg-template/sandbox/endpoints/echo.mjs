import { encrypt } from '../encrypted-field.mjs';
import { encrypted, text } from '../fields.mjs';

/**
 * The echo (doc 4015139289). What came encrypted goes back encrypted for the merchant. The documents give no
 * limits for its fields: these are ours. `notify_url` is taken, and nothing is sent there.
 */
export const echo = Object.freeze({
  method: 'POST',
  path: '/v3/security/echo',
  body: Object.freeze({
    notify_url: text({ max: 256, optional: true }),
    echo_message: text({ max: 2_048 }),
    encrypted_echo_message: encrypted({ max: 214, optional: true }),
  }),
  response: ({ echo_message: message, encrypted_echo_message: opened }, { merchant }) => ({
    echo_message: message,
    ...(opened === undefined
      ? {}
      : { encrypted_echo_message: encrypt(opened, merchant.publicKey) }),
  }),
});
