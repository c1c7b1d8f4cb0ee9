// @ts-check
// Uploads and downloads. A file stays in JavaScript: the core hashes it part by part.

import { makeError } from '../errors.mjs';
import { readCallOptions } from './call-options.mjs';
import { jsonOf } from './client.mjs';
import { ask, askJson } from './core.mjs';
import { FileParts } from './file-parts.mjs';
import { fileSource } from './file-source.mjs';
import { Gunzip } from './gunzip.mjs';
import { readDownload, readUpload } from './upload-params.mjs';

/** @typedef {import('./client.mjs').Client} Client */

// How many bytes are hashed at once: as many as the core has room for at any time.
const PART = 1 << 16;

// How large a file may be that is returned whole, in bytes, where the caller names no limit.
const MOST_WHOLE = 64 << 20;

// Milliseconds for one part of a file, where neither call nor client names a timeout.
const PART_TIMEOUT = 10_000;

/**
 * @param {Client} client
 * @param {unknown} path
 * @param {unknown} params
 * @param {unknown} options
 */
export async function upload(client, path, params, options) {
  const { file: given, ...read } = readUpload(path, params);
  const { signal, ...limits } = readCallOptions(options);
  // Before the file is touched, which may be a stream that can be read once.
  const { most } = askJson('checkUpload', JSON.stringify(read));
  const source = fileSource(given, most);
  const file = await source.read(signal);
  const digest = ask('startDigest');
  for (let at = 0; at < file.length; at += PART) ask('hashPart', digest, file.subarray(at, at + PART));
  const body = (/** @type {string} */ before, /** @type {string} */ after) =>
    formOf(before, file, after);
  const upload = { ...read, digest };
  const { bytes } = await client.runFile({ signal, body }, 'upload', upload, limits);
  return jsonOf(/** @type {Uint8Array} */ (bytes));
}

/**
 * The file of a download, once it begins.
 *
 * @param {Client} client
 * @param {unknown} url
 * @param {unknown} params
 * @param {unknown} options
 * @param {boolean} [whole] whether it is returned whole
 */
export async function download(client, url, params, options, whole = false) {
  const { signal, ...limits } = readCallOptions(options);
  const { maxBytes, gzip, ...read } = readDownload(url, params);
  const most = maxBytes ?? (whole ? MOST_WHOLE : undefined);
  // Before anything is sent: the URL may work once.
  const gunzip = gzip ? new Gunzip() : undefined;
  const context = { signal, file: true };
  const { result, stream } = await client.runFile(context, 'download', read, limits);
  const timeout = limits.timeout ?? client.timeout ?? PART_TIMEOUT;
  const hasher = hasherOf(result.hash, timeout, most ?? 0);
  return { parts: new FileParts(stream, { hasher, gunzip, most, timeout, signal }), signal };
}

/**
 * @param {number} hash
 * @param {number} timeout
 * @param {number} most
 */
function hasherOf(hash, timeout, most) {
  return {
    /** @param {Uint8Array} part */
    update(part) {
      for (let at = 0; at < part.length; at += PART) ask('hashPart', hash, part.subarray(at, at + PART));
    },
    finish() {
      const { error } = JSON.parse(ask('finishHash', hash));
      return error && makeError(error);
    },
    /** @param {{ event: string, problem?: string, cause?: unknown }} fault */
    failure({ event, problem = '', cause }) {
      const number = event === 'tooLarge' ? most : timeout;
      return makeError(JSON.parse(ask('fileFailure', event, number, problem)).error, cause);
    },
    free() {
      ask('freeHash', hash);
    },
  };
}

/**
 * @param {string} before
 * @param {Uint8Array} file
 * @param {string} after
 */
function formOf(before, file, after) {
  const encoder = new TextEncoder();
  const [head, tail] = [encoder.encode(before), encoder.encode(after)];
  const form = new Uint8Array(head.length + file.length + tail.length);
  form.set(head);
  form.set(file, head.length);
  form.set(tail, head.length + file.length);
  return form;
}
