import { tellDelivery } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

const help = `wechatpay-wasm pay OUT_TRADE_NO

Pays an order of a running sandbox, as its user would; a combined order by its combine_out_trade_no. The
order is then SUCCESS. Its notification is sent to its notify_url until the handler has it or the sandbox
gives up. What became of it is printed as JSON, null if there is no notify_url.

The exit code is 0 if the order is paid, whatever the handler did.

Options:
${SANDBOX_HELP}
  --help            shows this text

Example:
  wechatpay-wasm pay ORDER_1 --sandbox http://127.0.0.1:8080
`;

export const payCommand = {
  name: 'pay',
  get summary() {
    return told('summary.pay');
  },
  help,
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length !== 1) throw new UsageError('Name one order by its out_trade_no.');
    const sandbox = await openSandbox(values.sandbox);
    const { delivery } = await sandbox.post('pay', { outTradeNo: positionals[0] });
    say('The order is paid.');
    tellDelivery(delivery);
    return 0;
  },
};
