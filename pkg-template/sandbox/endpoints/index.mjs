import { documentedEndpoint } from '../documented/endpoint.mjs';
import { documentedOperations, unknownPath } from '../documented/find.mjs';
import { compareTemplates, matchTemplate } from '../path-template.mjs';
import { Refusal } from '../refusal.mjs';
import { billFile, fundFlowBill, sharingBill, tradeBill } from './bill.mjs';
import { certificates } from './certificates.mjs';
import { combinedOrders } from './combined-orders.mjs';
import { queryContractByCode, queryContractByOpenid } from './contract-queries.mjs';
import { echo } from './echo.mjs';
import { ecommerceRefunds } from './ecommerce-refunds.mjs';
import { ecommerceSharing } from './ecommerce-sharing.mjs';
import { mediaUpload, videoUpload } from './media-upload.mjs';
import { orders } from './orders.mjs';
import { preEntrustSigns } from './pre-entrust-sign.mjs';
import { profitSharing } from './profit-sharing.mjs';
import { refunds } from './refunds.mjs';
import { transfers } from './transfers.mjs';

/**
 * The endpoints of the sandbox's own. Every other one is answered from the documents. One that is
 * `documented` has a response of its own, and its requests are checked as the documents have them.
 */
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
  sharingBill,
  billFile,
  ...orders,
  ...combinedOrders,
  ...refunds,
  ...ecommerceRefunds,
  ...transfers,
  ...profitSharing,
  ...ecommerceSharing,
];

/**
 * Finds the endpoint of a call, by path and method: one of the sandbox's own, or else the documented one.
 *
 * According to developers, WeChat Pay responds to an unknown path with 404 and to a wrong method
 * with 405, both before it checks Authorization, and both with an empty body. The sandbox adds a
 * body in the documented form that says what is wrong. For 404 its code is RESOURCE_NOT_EXISTS (in
 * the table of status codes, doc 4012081717, 404 also means a wrong URL); the message says which path is
 * meant. For 405 the documents
 * name no code, so it is INVALID_REQUEST, the code of a request that breaks the rules.
 *
 * @param {{ method: string, path: string, query: string }} call
 * @returns {{ endpoint: object, segments: Record<string, string> }} `segments`: the path parameters
 *   by their names, still percent-encoded
 */
export function findEndpoint({ method, path, query }) {
  const candidates = ENDPOINTS.map((endpoint) => ({
    endpoint,
    segments: matchTemplate(endpoint.path, path),
  })).filter(({ segments }) => segments !== undefined);
  // A path without variables is no other endpoint's, and needs no catalogue.
  const exact = candidates.find(({ endpoint }) => endpoint.method === method);
  if (exact?.endpoint.path === path) return checked(exact);
  // An endpoint of the sandbox's own comes before the documented one of the same path.
  candidates.push(
    ...documentedOperations(path, query).map(({ operation, segments }) => ({
      endpoint: documentedEndpoint(operation),
      segments,
    })),
  );
  if (candidates.length === 0) {
    const others = ENDPOINTS.map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    const message = unknownPath(method, path, others);
    throw new Refusal({ status: 404, code: 'RESOURCE_NOT_EXISTS', message, reason: message });
  }
  const [found] = candidates
    .filter(({ endpoint }) => endpoint.method === method)
    .sort((one, other) => compareTemplates(one.endpoint.path, other.endpoint.path));
  if (found === undefined) {
    const methods = candidates.map(({ endpoint }) => endpoint.method);
    const allowed = [...new Set(methods)].join(', ');
    throw new Refusal({
      status: 405,
      code: 'INVALID_REQUEST',
      message: '请求方法不正确',
      reason: `this path takes ${allowed}, not ${method}`,
      headers: { Allow: allowed },
    });
  }
  return checked(found);
}

function checked({ endpoint, segments }) {
  if (!endpoint.documented) return { endpoint, segments };
  const { method, path } = endpoint;
  const [{ operation }] = documentedOperations(path, '').filter(
    (each) => each.operation.path === path && each.operation.method === method,
  );
  return { endpoint: { ...documentedEndpoint(operation), ...endpoint }, segments };
}
