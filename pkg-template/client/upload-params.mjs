// @ts-check
// The parameters of uploads and downloads. Rust checks what the texts mean.

import { validationError } from './failures.mjs';
import { part, text } from './foreign.mjs';
import { message } from './message.mjs';
import { PARAMS, Record } from './record.mjs';

// The largest file that an upload may ask for, in bytes: its form is held whole, more than once.
const MOST_UPLOADED = 100 << 20;
const MOST_DOWNLOADED = 2 ** 32 - 1;

/**
 * Reads the parameters of an upload, and nothing of its file.
 *
 * @param {unknown} path
 * @param {unknown} params
 */
export function readUpload(path, params) {
  const checkedPath = text(path, (problem) => validationError('path', problem));
  const record = new Record(
    params,
    PARAMS,
    ['file', 'filename', 'contentType', 'maxBytes'],
    [['file']],
  );
  const maxBytes = record.optionalInteger('maxBytes', 1, MOST_UPLOADED);
  const contentType = record.optionalText('contentType');
  const file = record.required('file');
  const filename = record.optionalText('filename') ?? nameOf(file, record);
  return { path: checkedPath, file, filename, contentType, maxBytes };
}

/**
 * The name that a File has.
 *
 * @param {unknown} file
 * @param {Record} record
 */
function nameOf(file, record) {
  const missing = () => record.refused('filename', message('is missing; a File alone has a name'));
  return text(part(file, 'name'), missing);
}

const OF_VERIFIED = ['hashType', 'hashValue', 'encryptKey', 'nonce', 'gzip'];

/**
 * Reads the parameters of a download.
 *
 * @param {unknown} downloadUrl
 * @param {unknown} params
 * @returns {{ read: import('./core.mjs').Json, maxBytes?: number, gzip: boolean, unverified: boolean }}
 */
export function readDownload(downloadUrl, params) {
  const url = text(downloadUrl, (problem) => validationError('downloadUrl', problem));
  const record = new Record(
    params,
    PARAMS,
    [...OF_VERIFIED, 'maxBytes', 'acceptUnverifiedFile'],
    [['hashType'], ['hashValue']],
  );
  const maxBytes = record.optionalInteger('maxBytes', 1, MOST_DOWNLOADED);
  if (record.optionalBoolean('acceptUnverifiedFile')) {
    const other = OF_VERIFIED.find((name) => record.optional(name) !== undefined);
    if (other !== undefined) {
      throw record.refused(
        'acceptUnverifiedFile',
        message('does not go with {}: a file that has a hash is verified', other),
      );
    }
    return { read: { downloadUrl: url }, maxBytes, gzip: false, unverified: true };
  }
  const hash = {
    hashType: record.requiredText('hashType'),
    hashValue: record.requiredText('hashValue'),
  };
  const [encryptKey, nonce] = [record.optionalText('encryptKey'), record.optionalText('nonce')];
  if ((encryptKey === undefined) !== (nonce === undefined)) {
    const missing = nonce === undefined ? 'nonce' : 'encryptKey';
    throw record.refused(
      missing,
      message('is missing; an encrypted file has an encryptKey and a nonce'),
    );
  }
  return {
    read: { downloadUrl: url, ...hash, encryptKey, nonce },
    maxBytes,
    gzip: record.optionalBoolean('gzip') ?? false,
    unverified: false,
  };
}
