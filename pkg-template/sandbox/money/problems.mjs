import { Refusal } from '../refusal.mjs';

// The codes, their statuses and their messages are those of the endpoints' pages.

const refusal = (status, code, message) => (reason) =>
  new Refusal({ status, code, message, reason });

export const orderNotExist = refusal(404, 'ORDER_NOT_EXIST', '订单不存在');
export const orderClosed = refusal(400, 'ORDER_CLOSED', '订单已关闭');
export const orderPaid = refusal(400, 'ORDERPAID', '该订单已支付');
export const outTradeNoUsed = refusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复');
export const resourceNotExists = refusal(404, 'RESOURCE_NOT_EXISTS', '查询的资源不存在');
export const notFound = refusal(404, 'NOT_FOUND', '记录不存在');
export const alreadyExists = refusal(400, 'ALREADY_EXISTS', '商户单号已存在');
export const notEnough = refusal(403, 'NOT_ENOUGH', '余额不足');
export const unsplitNotEnough = refusal(403, 'NOT_ENOUGH', '分账金额不足');
export const differs = refusal(
  400,
  'INVALID_REQUEST',
  '订单金额或退款金额与之前请求不一致，请核实后再试',
);
export const invalid = refusal(400, 'INVALID_REQUEST', '请求参数符合参数格式，但不符合业务规则');
export const otherMerchant = refusal(
  400,
  'INVALID_REQUEST',
  'Http头Authorization中的mchid与请求参数中的mchid不匹配',
);

/** Refuses a request for a merchant other than the one that signed it. */
export function requireOwn(mchid, merchant, name = 'mchid') {
  if (mchid === merchant.mchid) return;
  throw otherMerchant(`${name} is not ${merchant.mchid}, which signed the request`);
}
