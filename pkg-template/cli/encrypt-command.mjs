import { knownKeys, offline } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { givenText, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { print } from './result.mjs';

export const encryptCommand = {
  name: 'encrypt',
  get summary() {
    return told('summary.encrypt');
  },
  get help() {
    return told('help.encrypt', { credentials: told('help.credentials') });
  },
  options: CREDENTIAL_OPTIONS,
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const text = givenText('TEXT', positionals[0]);
    const encrypted = await offline(values, async ({ open, options }) => {
      const wxpay = open();
      knownKeys(options);
      return wxpay.encrypt(text);
    });
    print(encrypted);
    return 0;
  },
};
