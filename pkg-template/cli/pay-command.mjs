import { tellDelivery } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

export const payCommand = {
  name: 'pay',
  get summary() {
    return told('summary.pay');
  },
  get help() {
    return told('help.pay', { sandbox: told('help.sandbox-option') });
  },
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length !== 1) throw new UsageError(told('one-order'));
    const sandbox = await openSandbox(values.sandbox);
    const { delivery } = await sandbox.post('pay', { outTradeNo: positionals[0] });
    say(told('paid'));
    tellDelivery(delivery);
    return 0;
  },
};
