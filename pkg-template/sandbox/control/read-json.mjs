/** The largest body, in bytes. */
const LIMIT = 64 * 1024;

/** The body is larger than 64 KiB. */
export class TooLargeError extends Error {
  constructor() {
    super('the body is larger than 64 KiB');
  }
}

/**
 * Reads a body of JSON: an object, or nothing for an empty one.
 *
 * @param {AsyncIterable<Buffer>} request
 * @returns {Promise<object>}
 */
export async function readJson(request) {
  const chunks = [];
  let length = 0;
  // The rest is read, too: otherwise the caller would get no response.
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= LIMIT) chunks.push(chunk);
  }
  if (length > LIMIT) throw new TooLargeError();
  const value = length === 0 ? {} : parse(Buffer.concat(chunks).toString());
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new TypeError('the body must be an object in JSON');
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
