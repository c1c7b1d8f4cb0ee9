// Variables that would be read if they had the names that the client gives them.

import { nameHere, plainName } from '../../client/other-names.mjs';
import { told } from '../language.mjs';

/** The variables of each option. */
const VARIABLES = {
  mchid: ['WECHATPAY_MCHID'],
  serial: ['WECHATPAY_SERIAL'],
  cert: ['WECHATPAY_CERT'],
  privateKey: ['WECHATPAY_PRIVATE_KEY'],
  certs: ['WECHATPAY_PUBLIC_KEY_ID', 'WECHATPAY_PUBLIC_KEY'],
  apiv3Key: ['WECHATPAY_APIV3_KEY'],
  baseUrl: ['WECHATPAY_BASE_URL'],
};
const OPTIONS = Object.keys(VARIABLES);
const PREFIX = /^(?:WECHAT_?PAY|WX_?PAY)_/i;

/**
 * Names the variables that are called otherwise here, unless those of here are set, too.
 *
 * @param {string[]} names of all variables
 * @param {{ name: string }[]} found the variables that are read
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 */
export function checkOtherNames(names, found, add) {
  const read = found.map(({ name }) => name.replace(/_FILE$/, ''));
  const wrong = [];
  for (const name of names.filter((each) => PREFIX.test(each))) {
    const rest = name.replace(PREFIX, '').replace(/_(?:FILE|PATH)$/i, '');
    const option =
      OPTIONS.find((each) => plainName(each) === plainName(rest)) ?? nameHere(rest, OPTIONS);
    const here = VARIABLES[option] ?? [];
    const isRead = here.some((each) => read.includes(each) || each === name.replace(/_FILE$/, ''));
    if (here.length > 0 && !isRead) wrong.push({ name, here: here.join(told('and')) });
  }
  if (wrong.length === 0) return;
  add({
    check: 'otherNames',
    status: 'warning',
    says: wrong.map((each) => told('doctor.other-name', each)).join(' '),
    mend: told('doctor.other-name.mend'),
  });
}
