import { parseFaults } from './faults-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';

const help = `wechatpay-wasm faults FAULTS
wechatpay-wasm faults none

Sets the faults of a running sandbox's next calls, in place of those of before, and prints them as JSON.

  drop              the connection ends without a response
  delay=200         the response comes so many milliseconds later
  tamper            a byte of the response is changed after it was signed
  stale             the signature is too old
  unsigned          the response has no signature
  probe             the signature is a probe of WeChat Pay's (WECHATPAY/SIGNTEST/…)
  status=503        the call is refused with this status
  code=NOT_ENOUGH   the call is refused with this code
  times=2           for so many calls

Options:
${SANDBOX_HELP}
  --help            shows this text

Examples:
  wechatpay-wasm faults 'delay=200, tamper, times=2'
  wechatpay-wasm faults none
`;

export const faultsCommand = {
  name: 'faults',
  get summary() {
    return told('summary.faults');
  },
  help,
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    if (positionals.length === 0) {
      throw new UsageError('Name the faults, such as `drop, times=1`; or none.');
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
