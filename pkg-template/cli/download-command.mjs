import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withClient } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { print } from './result.mjs';

export const downloadCommand = {
  name: 'download',
  get summary() {
    return told('summary.download');
  },
  get help() {
    return told('help.download', { credentials: told('help.credentials') });
  },
  options: {
    to: { type: 'string' },
    'hash-type': { type: 'string' },
    'hash-value': { type: 'string' },
    'encrypt-key': { type: 'string' },
    nonce: { type: 'string' },
    gzip: { type: 'boolean' },
    unverified: { type: 'boolean' },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals: [url, ...more] }) {
    requireArguments([url, ...more].filter(Boolean), 1);
    const { to } = values;
    if (!to) throw new UsageError(told('needs-path', { option: '--to' }));
    const written = await withClient(values, async (wxpay) => {
      const { source, params } = await fileOf(wxpay, url, values);
      const given = await wxpay.download(source, params);
      return write(values.unverified ? given.stream : given, to);
    });
    print({ file: to, bytes: written, verified: !values.unverified });
    return 0;
  },
};

/** Where the file is, and how it is verified: as the flags say, or the response that names the file. */
async function fileOf(wxpay, url, values) {
  if (values.unverified) return { source: url, params: { acceptUnverifiedFile: true } };
  const flags = {
    hashType: values['hash-type'],
    hashValue: values['hash-value'],
    encryptKey: values['encrypt-key'],
    nonce: values.nonce,
    gzip: values.gzip,
  };
  if (flags.hashType !== undefined) return { source: url, params: flags };
  const { data } = await wxpay.chain(url).get();
  if (typeof data?.download_url !== 'string') throw new Failure(told('no-file', { path: url }));
  const { download_url: source, hash_type: hashType, hash_value: hashValue } = data;
  const gzip = flags.gzip ?? /[?&]tar_type=GZIP\b/.test(url);
  return { source, params: { ...flags, hashType, hashValue, gzip } };
}

// The file has its name only once all of it is verified.
async function write(stream, to) {
  const part = `${to}.${process.pid}.part`;
  let bytes = 0;
  const counted = async function* (chunks) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.fromWeb(stream), counted, createWriteStream(part, { flags: 'wx' }));
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { force: true });
    if (error.syscall === undefined) throw error;
    throw new Failure(told('unwritable', { path: to, code: error.code }));
  }
  return bytes;
}
