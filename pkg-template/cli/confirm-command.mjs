import { tellDelivery } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

export const confirmCommand = {
  name: 'confirm',
  get summary() {
    return told('summary.confirm');
  },
  get help() {
    return told('help.confirm', { sandbox: told('help.sandbox-option') });
  },
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length !== 1) throw new UsageError(told('one-transfer'));
    const sandbox = await openSandbox(values.sandbox);
    const { delivery } = await sandbox.post('confirm-transfer', { outBillNo: positionals[0] });
    say(told('confirmed'));
    tellDelivery(delivery);
    return 0;
  },
};
