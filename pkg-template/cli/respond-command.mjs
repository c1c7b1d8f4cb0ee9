import { told } from './language.mjs';
import { parseResponse, RESPONSE_HELP } from './response-text.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

const help = `wechatpay-wasm respond METHOD /path RESPONSE

Chooses how a running sandbox responds to the next calls of a path that pass its checks:
${RESPONSE_HELP}
  METHOD /path none              no longer what was chosen for it

The path may have {variables}.

Options:
${SANDBOX_HELP}
  --help            shows this text

Examples:
  wechatpay-wasm respond POST /v3/refund/domestic/refunds NOT_ENOUGH
  wechatpay-wasm respond POST /v3/refund/domestic/refunds none
  wechatpay-wasm respond GET '/v3/pay/transactions/out-trade-no/{out_trade_no}' 404 ORDER_NOT_EXIST times=1
`;

export const respondCommand = {
  name: 'respond',
  get summary() {
    return told('summary.respond');
  },
  help,
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    const { method, path, response } = parseResponse(positionals.join(' '));
    const sandbox = await openSandbox(values.sandbox);
    await sandbox.post('respond', { method, path, response: response ?? null });
    say(`The sandbox responds so to ${method} ${path}.`);
    return 0;
  },
};
