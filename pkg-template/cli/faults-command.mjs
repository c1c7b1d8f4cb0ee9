import { parseFaults } from './faults-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';

export const faultsCommand = {
  name: 'faults',
  get summary() {
    return told('summary.faults');
  },
  get help() {
    return told('help.faults', { sandbox: told('help.sandbox-option') });
  },
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length === 0) {
      throw new UsageError(told('name-faults'));
    }
    // Without quotes, a shell makes several arguments of a list.
    const text = positionals.map((each) => each.replace(/,$/, '')).join(',');
    const faults = text === 'none' ? {} : parseFaults(text);
    const sandbox = await openSandbox(values.sandbox);
    const { faults: set } = await sandbox.post('faults', faults);
    process.stdout.write(`${JSON.stringify(set)}\n`);
    return 0;
  },
};
