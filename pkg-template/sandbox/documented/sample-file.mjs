import { createHash } from 'node:crypto';

/** The documented endpoint of a file that takes any token. */
const PATH = '/v3/transferdownload/signfile';

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
// One transparent pixel.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** The content of every file that the sandbox has no other content for. */
export function fileOf({ mediaType = 'image/png' }) {
  return { content: mediaType === 'image/png' ? PNG : PDF, mediaType };
}

/**
 * The fields of a response that lead to such a file, and give its hash.
 *
 * @param {{ hash_type?: string, hash_value?: string }} response the sample
 * @param {string} host the sandbox's
 */
export function sampleFile({ hash_type: type = 'SHA1', hash_value: value }, host) {
  return {
    download_url: `http://${host}${PATH}?token=sandbox`,
    ...(value !== undefined && { hash_value: hashOf(PDF, type) ?? value }),
  };
}

/** The hash of the bytes; undefined if Node.js does not know the algorithm, as SM3 in some builds. */
export function hashOf(bytes, algorithm) {
  try {
    return createHash(algorithm.toLowerCase()).update(bytes).digest('hex');
  } catch {
    return undefined;
  }
}
