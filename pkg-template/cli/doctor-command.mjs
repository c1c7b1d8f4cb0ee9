import { loadPackage } from './client.mjs';
import { coloured } from './colours.mjs';
import { CREDENTIAL_OPTIONS, readCredentials } from './credentials.mjs';
import { checkAccount } from './doctor/account.mjs';
import { checkConfiguration } from './doctor/configuration.mjs';
import { checkNetwork } from './doctor/network.mjs';
import { requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { print } from './result.mjs';
import { printable, say } from './talk.mjs';

/**
 * What a check found. `unknown`: nothing could show it.
 *
 * @typedef {object} Finding
 * @property {string} check
 * @property {'ok' | 'warning' | 'failed' | 'unknown' | 'skipped'} status
 * @property {string} says
 * @property {string} [mend] what to do
 */

const SIGNS = {
  ok: ['green', '✓'],
  warning: ['yellow', '!'],
  failed: ['red', '✗'],
  unknown: ['yellow', '?'],
  skipped: ['dim', '-'],
};

export const doctorCommand = {
  name: 'doctor',
  get summary() {
    return told('summary.doctor');
  },
  get help() {
    return told('help.doctor', { credentials: told('help.credentials') });
  },
  options: { offline: { type: 'boolean' }, ...CREDENTIAL_OPTIONS },
  async run({ values, positionals }) {
    requireArguments(positionals, 0);
    const all = await loadPackage();
    const credentials = readCredentials(values);
    const findings = [];
    const add = (finding) => {
      findings.push(finding);
      tell(finding);
      return finding;
    };
    const origin = await checkConfiguration(all, credentials, add);
    const isRight = !findings.some(({ status }) => status === 'failed');
    if (!values.offline) {
      const isReached = origin !== undefined && (await checkNetwork(origin, add));
      await checkAccount(all, credentials, { isRight, isReached, origin }, add);
    }
    const ok = !findings.some(({ status }) => status === 'failed');
    print({ ok, checks: findings });
    say(told(ok ? 'doctor.well' : 'doctor.ill'));
    return ok ? 0 : 1;
  },
};

function tell({ check, status, says, mend }) {
  const [colour, sign] = SIGNS[status];
  say(`${coloured(colour, sign)} ${check}: ${printable(says)}`);
  if (mend) say(`    ${told('doctor.mend')} ${printable(mend)}`);
}
