import { Refusal } from '../refusal.mjs';
import { billFile, tradeBill } from './bill.mjs';
import { mediaUpload, videoUpload } from './media-upload.mjs';
import { preEntrustSignApp } from './pre-entrust-sign-app.mjs';

/** The calls that the sandbox answers. */
const ENDPOINTS = [preEntrustSignApp, mediaUpload, videoUpload, tradeBill, billFile];

/**
 * Finds the endpoint of a call, by path and method.
 *
 * As developers have published it, WeChat Pay answers an unknown path with 404 and a wrong method
 * with 405, both before it looks at Authorization, and both with an empty body. Here they have a
 * body in the documented form, to say what is wrong: 404 with RESOURCE_NOT_EXISTS (the table of
 * status codes, doc 4012081717, has 404 for a wrong URL too); for 405 no code is documented, so it
 * has that of a request against the rules.
 *
 * @param {{ method: string, path: string }} call
 */
export function findEndpoint({ method, path }) {
  const here = ENDPOINTS.filter((endpoint) => endpoint.path === path);
  if (here.length === 0) {
    throw new Refusal({
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '请求的资源不存在',
      reason: 'the sandbox knows no such path',
    });
  }
  const endpoint = here.find((candidate) => candidate.method === method);
  if (endpoint === undefined) {
    const allowed = here.map((candidate) => candidate.method).join(', ');
    throw new Refusal({
      status: 405,
      code: 'INVALID_REQUEST',
      message: '请求方法不正确',
      reason: `this path takes ${allowed}, not ${method}`,
      headers: { Allow: allowed },
    });
  }
  return endpoint;
}
