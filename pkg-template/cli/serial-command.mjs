// What a certificate says of itself is no protocol of WeChat Pay's: node:crypto reads it.

import { X509Certificate } from 'node:crypto';
import { readBytes, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { Failure } from './problems.mjs';
import { print } from './result.mjs';
import { say } from './talk.mjs';

export const serialCommand = {
  name: 'serial',
  get summary() {
    return told('summary.serial');
  },
  get help() {
    return told('help.serial');
  },
  options: { text: { type: 'boolean' } },
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const certificate = read(positionals[0]);
    const { serialNumber: serial, subject, validFrom, validTo } = certificate;
    const [, name] = subject?.match(/^CN=(.*)$/m) ?? [];
    if (values.text) {
      process.stdout.write(`${serial}\n`);
    } else {
      const [from, to] = [validFrom, validTo].map((time) => new Date(time).toISOString());
      print({ serial, name, validFrom: from, validTo: to });
    }
    if (Date.parse(validTo) < Date.now()) say(told('expired', { time: validTo }));
    return 0;
  },
};

function read(path) {
  const bytes = readBytes('CERT', path);
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new Failure(told('no-certificate', { path }));
  }
}
