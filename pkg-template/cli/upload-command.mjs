import { basename } from 'node:path';
import { withClient } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { readBytes, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { print } from './result.mjs';

export const uploadCommand = {
  name: 'upload',
  get summary() {
    return told('summary.upload');
  },
  get help() {
    return told('help.upload', { credentials: told('help.credentials') });
  },
  options: {
    filename: { type: 'string' },
    'content-type': { type: 'string' },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals }) {
    requireArguments(positionals, 2);
    const [path, name] = positionals;
    const params = {
      file: readBytes('FILE', name),
      filename: values.filename ?? basename(name),
      contentType: values['content-type'],
    };
    print(await withClient(values, (wxpay) => wxpay.upload(path, params)));
    return 0;
  },
};
