import { createHash } from 'node:crypto';
import { text } from './fields.mjs';
import { paramError, unknownField } from './refusal.mjs';
import { parseBody } from './request-body.mjs';

/** The fields of `meta` (partner doc 4012760509). */
const META = Object.freeze({
  filename: text({ max: 128 }),
  sha256: text({ max: 64, characters: '0-9A-Fa-f' }),
});

/**
 * Parses a form of `multipart/form-data` (RFC 2046, section 5.1; RFC 7578) into its parts. It does
 * not check their content: the signature covers one of the parts and must be checked first.
 *
 * @param {{ headers: Record<string, string>, body: Buffer }} call
 * @returns {Map<string, { filename: string | undefined, content: Buffer }> | undefined} the parts
 *   by their names; undefined if the body is not such a form
 */
export function parseForm({ headers, body }) {
  const boundary = boundaryOf(headers['content-type'] ?? '', body);
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter may be at the very start of the body, without a line break before it.
  const bytes = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts = new Map();
  let at = bytes.indexOf(delimiter);
  for (;;) {
    if (at < 0) return undefined;
    const start = at + delimiter.length;
    if (bytes.subarray(start, start + 2).toString() === '--') return parts;
    at = bytes.indexOf(delimiter, start);
    const part = at < 0 ? undefined : parsePart(bytes.subarray(start, at));
    if (part === undefined || parts.has(part.name)) return undefined;
    parts.set(part.name, part);
  }
}

/** Whether the content type of a request is that of a form with files. */
export function isForm(headers) {
  return FORM.test(headers['content-type'] ?? '');
}

const FORM = /^multipart\/form-data\s*(?:;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1\s*)?$/i;

// WeChat Pay also takes the boundary from the body: SDKs in use do not name it.
function boundaryOf(contentType, body) {
  const [type, , boundary] = FORM.exec(contentType) ?? [];
  if (type === undefined) return undefined;
  return boundary ?? /^--([\w'()+,./:=?-]{1,70})\r\n/.exec(body.subarray(0, 74).toString())?.[1];
}

function parsePart(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (!bytes.subarray(0, 2).equals(Buffer.from('\r\n')) || end < 0) return undefined;
  const head = bytes.subarray(2, end).toString();
  const disposition =
    /^Content-Disposition: *form-data; *name="([^"]*)"(?:; *filename="([^"]*)")?;?$/im;
  const [, name, filename] = disposition.exec(head) ?? [];
  return name === undefined ? undefined : { name, filename, content: bytes.subarray(end + 4) };
}

/**
 * Checks an upload: two parts (any other is noted), the extension of the filename, the size, and the SHA-256 of
 * the received bytes against the signed one. The message of the last check is WeChat Pay's, as
 * developers published it. The other messages are our own.
 *
 * @param {ReturnType<typeof parseForm>} form
 * @param {{ extensions: string[], maxBytes: number }} limits of the endpoint
 * @param {(problem: Error) => void} note
 * @returns {{ filename: string, sha256: string }}
 */
export function parseUpload(form, { extensions, maxBytes }, note) {
  for (const name of form.keys()) {
    if (name === 'meta' || name === 'file') continue;
    note(unknownField({ field: `/${name.slice(0, 64)}`, location: 'body' }));
  }
  const meta = parseBody(form.get('meta').content, META, { note });
  const file = form.get('file');
  if (file?.filename === undefined) refuse('file', 'is missing, or has no filename');
  const extension = meta.filename.split('.').at(-1).toLowerCase();
  if (!extensions.includes(extension)) {
    refuse('filename', `has an extension that is not one of ${extensions.join(', ')}`);
  }
  if (file.content.length > maxBytes) refuse('file', `is larger than ${maxBytes} bytes`);
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  if (sha256 !== meta.sha256.toLowerCase()) {
    refuse('sha256', 'is not that of the file (文件sha256值计算有误)');
  }
  return { filename: meta.filename, sha256 };
}

function refuse(name, issue) {
  throw paramError({ field: `/${name.slice(0, 64)}`, issue, location: 'body' });
}
