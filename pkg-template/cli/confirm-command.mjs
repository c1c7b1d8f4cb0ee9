import { tellDelivery } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

const help = `wechatpay-wasm confirm OUT_BILL_NO

Confirms a transfer of a running sandbox that waits for its user (WAIT_USER_CONFIRM), as the user would. The
transfer is then SUCCESS. Its notification is sent to its notify_url until the handler has it or the sandbox
gives up. What became of it is printed as JSON, null if there is no notify_url.

The exit code is 0 if the transfer is confirmed, whatever the handler did.

Options:
${SANDBOX_HELP}
  --help            shows this text

Example:
  wechatpay-wasm confirm BILL_1 --sandbox http://127.0.0.1:8080
`;

export const confirmCommand = {
  name: 'confirm',
  get summary() {
    return told('summary.confirm');
  },
  help,
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length !== 1) throw new UsageError('Name one transfer by its out_bill_no.');
    const sandbox = await openSandbox(values.sandbox);
    const { delivery } = await sandbox.post('confirm-transfer', { outBillNo: positionals[0] });
    say('The transfer is confirmed.');
    tellDelivery(delivery);
    return 0;
  },
};
