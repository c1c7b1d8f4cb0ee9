// @ts-check
// Uploads and downloads. A file stays in JavaScript: the core hashes it part by part.

import { makeError } from '../errors.mjs';
import { throwIfAborted } from './abort-signal.mjs';
import { readCallOptions } from './call-options.mjs';
import { jsonOf } from './chain-response.mjs';
import { ask, askInstance, askJson, generation, internalError } from './core.mjs';
import { DecryptedBody } from './decrypted-body.mjs';
import { FileParts } from './file-parts.mjs';
import { fileSource } from './file-source.mjs';
import { wholeOf } from './file-stream.mjs';
import { bare, hearErrors } from './foreign.mjs';
import { Gunzip } from './gunzip.mjs';
import { fileKeyByHost } from './host-decryption.mjs';
import { told } from './locale.mjs';
import { readDownload, readUpload } from './upload-params.mjs';

/** @typedef {import('./client.mjs').Client} Client */

const NONE = new Uint8Array();

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
  const watch = client.watch('upload');
  hearErrors(fileOf(params));
  // The file may take its time.
  return await client.during(() => uploadFrom(client, watch, path, params, options));
}

/**
 * The file, without a check: a stream of node may fail while what is wrong with the call is told.
 *
 * @param {unknown} params
 */
function fileOf(params) {
  try {
    return Object.getOwnPropertyDescriptor(params, 'file')?.value;
  } catch {
    return undefined;
  }
}

/**
 * @param {Client} client
 * @param {import('./watch.mjs').Watch | undefined} watch
 * @param {unknown} path
 * @param {unknown} params
 * @param {unknown} options
 */
async function uploadFrom(client, watch, path, params, options) {
  const { file: given, ...read } = readUpload(path, params);
  const { signal, ...limits } = readCallOptions(options);
  // Before the file is touched, which may be a stream that can be read once.
  const { most } = askJson('checkUpload', JSON.stringify(read));
  // No variable of this function has the file: it would hold it while it waits. The form alone holds the
  // file once it is made.
  const held = await readFile(given, most, signal);
  throwIfAborted(signal);
  const digest = digestOf(held);
  const body = (/** @type {string} */ before, /** @type {string} */ after) =>
    formOf(before, held, after);
  const upload = { ...read, digest };
  const { bytes } = await client.runFile({ signal, watch, body }, 'upload', upload, limits);
  return jsonOf(/** @type {Uint8Array} */ (bytes));
}

/**
 * The file of a download, once it begins; an encrypted one once all of it is there, since its tag is at
 * its end and nothing is decrypted before.
 *
 * @param {Client} client
 * @param {unknown} url
 * @param {unknown} params
 * @param {unknown} options
 * @param {boolean} [whole] whether it is returned whole
 */
export async function download(client, url, params, options, whole = false) {
  const watch = client.watch(whole ? 'downloadBytes' : 'download');
  const { signal, ...limits } = readCallOptions(options);
  const { read, maxBytes, gzip, unverified } = readDownload(url, params);
  if (read.encryptKey !== undefined) {
    read.fileKey = fileKeyByHost(client.host, read.encryptKey);
  }
  const isHeld = whole || read.encryptKey !== undefined;
  const most = maxBytes ?? (isHeld ? MOST_WHOLE : undefined);
  // Before anything is sent: the URL may work once.
  const gunzip = gzip ? new Gunzip() : undefined;
  const context = { signal, watch, file: true };
  const call = unverified ? 'unverifiedDownload' : 'download';
  const { result, stream, of } = await client.runFile(context, call, read, limits);
  const timeout = limits.timeout ?? client.timeout ?? PART_TIMEOUT;
  const reading = { most, timeout, signal };
  const passing = (/** @type {number | undefined} */ number) =>
    passingFile(of, number, timeout, most ?? 0, client.locale);
  if (unverified) {
    const parts = new FileParts(stream, { ...reading, hasher: passing(undefined) });
    return { parts, signal, unverified: { verified: false, contentType: result.contentType } };
  }
  const hasher = passing(result.hash);
  const { ciphertext } = result;
  if (ciphertext === undefined) {
    return { parts: new FileParts(stream, { ...reading, hasher, gunzip }), signal };
  }
  try {
    const encrypted = new FileParts(stream, { ...reading, hasher: passing(ciphertext) });
    const decrypted = new DecryptedBody(await wholeOf(encrypted), decrypting(of, ciphertext));
    return { parts: new FileParts(decrypted, { ...reading, hasher, gunzip }), signal };
  } catch (thrown) {
    hasher.free();
    throw thrown;
  }
}

/**
 * @param {unknown} given
 * @param {number} most
 * @param {unknown} signal
 */
async function readFile(given, most, signal) {
  return { file: await fileSource(given, most).read(signal) };
}

/**
 * @param {{ file: Uint8Array }} held
 */
function digestOf(held) {
  const digest = ask('startDigest');
  hash(generation, digest, held.file);
  return digest;
}

/**
 * @param {number} of the instance that knows the file
 * @param {number} number the file's
 * @param {Uint8Array} bytes
 */
function hash(of, number, bytes) {
  for (let at = 0; at < bytes.length; at += PART) {
    if (generation !== of) throw internalError();
    ask('passPart', number, bytes.subarray(at, at + PART));
  }
}

/**
 * What the core does with a file that passes.
 *
 * @param {number} of the instance that knows the file
 * @param {number | undefined} number the file's; `undefined` where nothing is known of it
 * @param {number} timeout
 * @param {number} most
 * @param {import('./message.mjs').Locale} [locale] of errors
 */
function passingFile(of, number, timeout, most, locale) {
  return {
    /** @param {Uint8Array} part */
    update(part) {
      if (number !== undefined) hash(of, number, part);
    },
    finish() {
      if (number === undefined) return undefined;
      const { error } = askInstance(of, 'finishFile', number);
      return error && makeError(error, undefined, locale);
    },
    /** @param {{ event: string, problem?: import('./message.mjs').Message, cause?: unknown }} fault */
    failure(fault) {
      const { event, problem, cause } = bare(fault);
      const limit = event === 'tooLarge' ? most : timeout;
      const said = problem ? told(problem, locale) : '';
      return makeError(JSON.parse(ask('fileFailure', event, limit, said)).error, cause, locale);
    },
    free: () => free(of, number),
  };
}

/**
 * What decrypts a ciphertext whose tag is valid.
 *
 * @param {number} of the instance that knows the file
 * @param {number} number the file's
 */
function decrypting(of, number) {
  return {
    /** @param {Uint8Array} part */
    decrypt(part) {
      if (generation !== of) throw internalError();
      ask('decryptPart', number, part);
    },
    free: () => free(of, number),
  };
}

/**
 * @param {number} of
 * @param {number | undefined} number
 */
function free(of, number) {
  try {
    if (number !== undefined && generation === of) ask('freeFile', number);
  } catch {
    // Then the instance is replaced, and its files are gone. A signal's listener ends here, too, and
    // nobody is there to catch it.
  }
}

/**
 * Takes the file out of `held`.
 *
 * @param {string} before
 * @param {{ file: Uint8Array }} held
 * @param {string} after
 */
function formOf(before, held, after) {
  const encoder = new TextEncoder();
  const [head, tail] = [encoder.encode(before), encoder.encode(after)];
  const { file } = held;
  held.file = NONE;
  const form = new Uint8Array(head.length + file.length + tail.length);
  form.set(head);
  form.set(file, head.length);
  form.set(tail, head.length + file.length);
  return form;
}
