import { requireArguments } from './given-text.mjs';
import { told } from './language.mjs';

export const envCommand = {
  name: 'env',
  get summary() {
    return told('summary.env');
  },
  get help() {
    return told('help.env');
  },
  options: {},
  async run({ positionals }) {
    requireArguments(positionals, 0);
    process.stdout.write(told('env-template'));
    return 0;
  },
};
