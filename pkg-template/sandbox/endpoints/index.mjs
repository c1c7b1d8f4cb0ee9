import { Refusal } from '../refusal.mjs';
import { billFile, fundFlowBill, tradeBill } from './bill.mjs';
import { certificates } from './certificates.mjs';
import { combinedOrders } from './combined-orders.mjs';
import { queryContractByCode, queryContractByOpenid } from './contract-queries.mjs';
import { echo } from './echo.mjs';
import { mediaUpload, videoUpload } from './media-upload.mjs';
import { orders } from './orders.mjs';
import { preEntrustSigns } from './pre-entrust-sign.mjs';
import { profitSharing } from './profit-sharing.mjs';
import { refunds } from './refunds.mjs';
import { transfers } from './transfers.mjs';

/** The endpoints of the sandbox. */
const ENDPOINTS = [
  ...preEntrustSigns,
  queryContractByCode,
  queryContractByOpenid,
  echo,
  mediaUpload,
  videoUpload,
  certificates,
  tradeBill,
  fundFlowBill,
  billFile,
  ...orders,
  ...combinedOrders,
  ...refunds,
  ...transfers,
  ...profitSharing,
];

/**
 * Finds the endpoint of a call, by path and method.
 *
 * According to developers, WeChat Pay responds to an unknown path with 404 and to a wrong method
 * with 405, both before it checks Authorization, and both with an empty body. The sandbox adds a
 * body in the documented form that says what is wrong. For 404 its code is RESOURCE_NOT_EXISTS (in
 * the table of status codes, doc 4012081717, 404 also means a wrong URL). For 405 the documents
 * name no code, so it is INVALID_REQUEST, the code of a request that breaks the rules.
 *
 * @param {{ method: string, path: string }} call
 * @returns {{ endpoint: object, segments: Record<string, string> }} `segments`: the path parameters
 *   by their names, still percent-encoded
 */
export function findEndpoint({ method, path }) {
  const candidates = ENDPOINTS.map((endpoint) => ({
    endpoint,
    segments: match(endpoint.path, path),
  })).filter(({ segments }) => segments !== undefined);
  if (candidates.length === 0) {
    throw new Refusal({
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '请求的资源不存在',
      reason: 'the sandbox knows no such path',
    });
  }
  const found = candidates.find(({ endpoint }) => endpoint.method === method);
  if (found === undefined) {
    const allowed = candidates.map(({ endpoint }) => endpoint.method).join(', ');
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

/** Returns the values of `{name}` in the template; undefined if the path does not match. */
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
