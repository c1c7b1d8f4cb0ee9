import { createHash } from 'node:crypto';
import { text } from './fields.mjs';
import { paramError } from './refusal.mjs';
import { parseBody } from './request-body.mjs';

/** What `meta` says, and all that it says (partner doc 4012760509). */
const META = Object.freeze({
  filename: text({ max: 128 }),
  sha256: text({ max: 64, characters: '0-9A-Fa-f' }),
});

/**
 * Takes a form of `multipart/form-data` apart (RFC 2046, section 5.1; RFC 7578), without a judgement on
 * what its parts say: the signature is over one of them, and comes first.
 *
 * @param {{ headers: Record<string, string>, body: Buffer }} call
 * @returns {Map<string, { filename: string | undefined, content: Buffer }> | undefined} the parts by
 *   their names; undefined where it is no such form
 */
export function takeApart({ headers, body }) {
  const boundary = boundaryOf(headers['content-type'] ?? '');
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter may have nothing before it.
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

/** Whether a request says that it is a form with files. */
export function isForm(headers) {
  return boundaryOf(headers['content-type'] ?? '') !== undefined;
}

function boundaryOf(contentType) {
  const form = /^multipart\/form-data\s*;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1\s*$/i;
  return form.exec(contentType)?.[2];
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
 * Checks an upload: two parts and no others, the name's ending, the size, and the SHA-256 of the bytes
 * that came against the one that was signed. The words for the last are WeChat Pay's, as developers have
 * published them; those for the others are ours.
 *
 * @param {ReturnType<typeof takeApart>} form
 * @param {{ endings: string[], largest: number }} limits of the endpoint
 * @returns {{ filename: string, sha256: string }}
 */
export function parseUpload(form, { endings, largest }) {
  for (const name of form.keys()) {
    if (name !== 'meta' && name !== 'file') refuse(name, 'is not a part of this form');
  }
  const meta = parseBody(form.get('meta').content, META);
  const file = form.get('file');
  if (file?.filename === undefined) refuse('file', 'is missing, or has no filename');
  const ending = meta.filename.split('.').at(-1).toLowerCase();
  if (!endings.includes(ending)) {
    refuse('filename', `has an ending that is none of ${endings.join(', ')}`);
  }
  if (file.content.length > largest) refuse('file', `is larger than ${largest} bytes`);
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  if (sha256 !== meta.sha256.toLowerCase()) {
    refuse('sha256', 'is not that of the file (文件sha256值计算有误)');
  }
  return { filename: meta.filename, sha256 };
}

function refuse(name, issue) {
  throw paramError({ field: `/${name.slice(0, 64)}`, issue, location: 'body' });
}
