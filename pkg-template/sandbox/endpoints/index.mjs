import { Refusal } from '../refusal.mjs';
import { billFile, tradeBill } from './bill.mjs';
import { certificates } from './certificates.mjs';
import { queryContractByCode, queryContractByOpenid } from './contract-queries.mjs';
import { echo } from './echo.mjs';
import { mediaUpload, videoUpload } from './media-upload.mjs';
import { preEntrustSigns } from './pre-entrust-sign.mjs';

/** The calls that the sandbox responses. */
const ENDPOINTS = [
  ...preEntrustSigns,
  queryContractByCode,
  queryContractByOpenid,
  echo,
  mediaUpload,
  videoUpload,
  certificates,
  tradeBill,
  billFile,
];

/**
 * Finds the endpoint of a call, by path and method.
 *
 * As developers have published it, WeChat Pay responds with an unknown path with 404 and a wrong method
 * with 405, both before it looks at Authorization, and both with an empty body. Here they have a
 * body in the documented form, to say what is wrong: 404 with RESOURCE_NOT_EXISTS (the table of
 * status codes, doc 4012081717, has 404 for a wrong URL too); for 405 no code is documented, so it
 * has that of a request against the rules.
 *
 * @param {{ method: string, path: string }} call
 * @returns {{ endpoint: object, segments: Record<string, string> }} `segments` as they stand in the
 *   path, by the names that the endpoint gives them
 */
export function findEndpoint({ method, path }) {
  const here = ENDPOINTS.map((endpoint) => ({
    endpoint,
    segments: match(endpoint.path, path),
  })).filter(({ segments }) => segments !== undefined);
  if (here.length === 0) {
    throw new Refusal({
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '请求的资源不存在',
      reason: 'the sandbox knows no such path',
    });
  }
  const found = here.find(({ endpoint }) => endpoint.method === method);
  if (found === undefined) {
    const allowed = here.map(({ endpoint }) => endpoint.method).join(', ');
    throw new Refusal({
      status: 405,
      code: 'INVALID_REQUEST',
      message: '请求方法不正确',
      reason: `this path takes ${allowed}, not ${method}`,
      headers: { Allow: allowed },
    });
  }
  return found;
}

/** The segments that stand in the places of `{name}`; undefined where the path is another. */
function match(template, path) {
  const expected = template.split('/');
  const segments = path.split('/');
  if (segments.length !== expected.length) return undefined;
  const named = {};
  for (const [index, part] of expected.entries()) {
    const segment = segments[index];
    if (part.startsWith('{') && segment !== '') named[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return named;
}
