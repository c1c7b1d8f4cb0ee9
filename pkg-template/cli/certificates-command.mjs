import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { print } from './result.mjs';
import { say } from './talk.mjs';

export const certificatesCommand = {
  name: 'certificates',
  get summary() {
    return told('summary.certificates');
  },
  get help() {
    return told('help.certificates', { credentials: told('help.credentials') });
  },
  options: { save: { type: 'string' }, ...CREDENTIAL_OPTIONS },
  async run({ values, positionals }) {
    requireArguments(positionals, 0);
    const { save } = values;
    if (save === '') throw new UsageError(told('needs-path', { option: '--save' }));
    const certificates = await withClient(values, (wxpay) => wxpay.certificates());
    if (save !== undefined) for (const each of certificates) keep(save, each);
    print(certificates);
    return 0;
  },
};

function keep(folder, { serialNo, certificate }) {
  const path = join(folder, `wechatpay_${serialNo}.pem`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, certificate);
  } catch ({ code }) {
    throw new Failure(told('unwritable', { path, code }));
  }
  say(told('saved', { path }));
}
