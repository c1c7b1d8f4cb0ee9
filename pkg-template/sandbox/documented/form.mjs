import { paramError } from '../refusal.mjs';
import { parseObject } from '../request-body.mjs';
import { checkValue, noteUnknown, refuseMissing } from './check-value.mjs';
import { hashOf } from './sample-file.mjs';
import { textValue } from './text-value.mjs';

/** The members of `meta` that hold the file's hash, and the one that names its algorithm. */
const HASHES = { sha256: undefined, file_digest: undefined, digest: 'digest_algorithm' };

/**
 * Checks a form against its documented parts, and its file against the hash in `meta`.
 *
 * @param {{ name: string, required: boolean, schema: object }[]} fields
 * @param {Map<string, { filename: string | undefined, content: Buffer }>} form
 * @param {object} context
 */
export function parseDocumentedForm(fields, form, context) {
  for (const name of form.keys()) {
    if (!fields.some((field) => field.name === name)) noteUnknown(`/${name}`, '', context);
  }
  const files = fields.filter(({ schema }) => schema.type === 'file').map(({ name }) => name);
  const parsed = fields.map(({ name, required, schema }) => {
    const part = form.get(name);
    if (part === undefined) return required ? refuseMissing(`/${name}`, context) : {};
    if (schema.type === 'file') return requireFilename(name, part);
    if (schema.json) return checkValue(schema.json, parseObject(part.content), '', context);
    const value = textValue(schema, [part.content.toString()]);
    return { [name]: checkValue(schema, value, `/${name}`, context) };
  });
  const parameters = Object.assign({}, ...parsed);
  for (const name of files) requireHash(parameters, form.get(name));
  return parameters;
}

function requireFilename(name, { filename }) {
  if (filename !== undefined) return {};
  throw paramError({ field: `/${name}`, issue: 'has no filename', location: 'body' });
}

function requireHash(meta, file) {
  for (const [name, algorithm] of Object.entries(HASHES)) {
    if (file === undefined || meta[name] === undefined) continue;
    const hash = hashOf(file.content, algorithmOf(meta, algorithm));
    if (hash === undefined || hash === meta[name].toLowerCase()) continue;
    throw paramError({
      field: `/${name}`,
      issue: 'is not that of the file (文件sha256值计算有误)',
      location: 'body',
    });
  }
}

// One document spells it `digest_alogrithm`.
function algorithmOf(meta, name) {
  if (name === undefined) return 'SHA256';
  return String(meta[name] ?? meta.digest_alogrithm).replace('DIGEST_ALGORITHM_', '');
}
