import { text } from '../fields.mjs';
import { transactionOf } from '../money/orders.mjs';
import { orderClosed, orderNotExist, requireOwn } from '../money/problems.mjs';
import { object } from '../nested-fields.mjs';
import { invalidRequest, paramError, Refusal } from '../refusal.mjs';
import {
  appContractInfo,
  appid,
  codeDetail,
  codeSceneInfo,
  contractInfo,
  h5SceneInfo,
  mchid,
  merchantNumber,
  notifyUrl,
  optionalAppid,
  order,
  payer,
  prepaid,
  sceneInfo,
  storeSceneInfo,
} from './order-fields.mjs';

// A direct merchant and a partner have the same calls, with other names for who they are.
const DIRECT = {
  path: '/v3/pay/transactions',
  codeWho: { appid, mchid },
  who: { appid, mchid },
  asker: { mchid },
  openids: ['openid'],
};
const PARTNER = {
  path: '/v3/pay/partner/transactions',
  // A payment by code, and its reversal, may leave out the partner's appid.
  codeWho: { sp_appid: optionalAppid, sp_mchid: mchid, sub_appid: optionalAppid, sub_mchid: mchid },
  who: { sp_appid: appid, sp_mchid: mchid, sub_appid: optionalAppid, sub_mchid: mchid },
  asker: { sp_mchid: mchid, sub_mchid: mchid },
  openids: ['sp_openid', 'sub_openid'],
};

/** From here on the user types a password to pay by code, in fen. */
const ASKED_ABOVE = 100_000;

/** Orders, their queries and how they are closed (docs 4012525136, 4012525153, 4012525167 and
 * 4012525171; of a partner, 4012523526, 4012523544, 4012523551 and 4012523579). */
export const orders = [DIRECT, PARTNER].flatMap((side) => [
  prepay(side, 'jsapi', 'JSAPI', { payer: payer(side.openids, { required: true }) }),
  // The contract that is signed with the payment is not remembered.
  prepay(side, 'jsapi-with-contract', 'JSAPI', {
    payer: payer(side.openids, { required: true }),
    detail: codeDetail,
    contract_info: contractInfo,
  }),
  prepay(side, 'app-with-contract', 'APP', {
    detail: codeDetail,
    contract_info: appContractInfo,
  }),
  prepay(side, 'app', 'APP'),
  prepay(side, 'native', 'NATIVE'),
  prepay(side, 'h5', 'MWEB', { scene_info: h5SceneInfo }),
  codePay(side),
  query(side, 'out-trade-no/{out_trade_no}'),
  query(side, 'id/{transaction_id}'),
  close(side),
  reverse(side),
]);

orders.push(
  prepay(PARTNER, 'miniprogram', 'JSAPI', {
    payer: payer(PARTNER.openids, { required: true }),
    notify_url: notifyUrl({ optional: true }),
  }),
  prepay(PARTNER, 'scannedpos', 'JSAPI', {
    sp_appid: optionalAppid,
    payer: payer(PARTNER.openids, { required: true }),
    notify_url: notifyUrl({ optional: true }),
    scene_info: storeSceneInfo,
  }),
);

/** What the user is led to: the member of the response that each way of payment has. */
export function launch(tradeType, { prepayId }) {
  if (tradeType === 'NATIVE') {
    return { code_url: `weixin://wxpay/bizpayurl?pr=${prepayId.slice(-9)}zz` };
  }
  if (tradeType === 'MWEB') {
    const page = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb';
    return { h5_url: `${page}?prepay_id=${prepayId}&package=${prepayId.slice(-10)}` };
  }
  return { prepay_id: prepayId };
}

/** When an order can no longer be paid. */
export function expiryOf({ time_expire: time }, now) {
  if (time === undefined) return undefined;
  const expiresAt = Math.floor(Date.parse(time) / 1000);
  if (expiresAt > now) return expiresAt;
  throw paramError({
    field: '/time_expire',
    value: time,
    issue: 'is not in the future',
    location: 'body',
  });
}

function prepay(side, name, tradeType, more = {}) {
  return Object.freeze({
    method: 'POST',
    path: `${side.path}/${name}`,
    body: Object.freeze({
      ...side.who,
      ...prepaid,
      scene_info: sceneInfo,
      payer: payer(side.openids, { required: false }),
      ...more,
    }),
    response(parameters, { merchant, money, now }) {
      const asked = orderOf(side, parameters, merchant, tradeType);
      const known = money.orders.reusable(asked, now);
      const made =
        known ?? money.orders.add({ ...asked, expiresAt: expiryOf(parameters, now) }, now);
      return launch(tradeType, made);
    },
  });
}

// The user shows a code, and has paid when the response arrives, or is asked for the password.
function codePay(side) {
  return Object.freeze({
    method: 'POST',
    path: `${side.path}/codepay`,
    body: Object.freeze({
      ...side.codeWho,
      ...order,
      detail: codeDetail,
      scene_info: codeSceneInfo,
      payer: object({ auth_code: text({ max: 32, characters: '0-9' }) }),
    }),
    response(parameters, { merchant, money, now }) {
      const asked = orderOf(side, parameters, merchant, 'MICROPAY');
      if (!/^1[0-5]\d{16}$/.test(parameters.payer.auth_code)) {
        throw invalidRequest(
          '付款码无效，请重新扫码',
          'auth_code is not 18 digits that begin with 10 to 15',
        );
      }
      const made = money.orders.reusable(asked, now) ?? money.orders.add(asked, now);
      if (made.total <= ASKED_ABOVE) return transactionOf(money.orders.pay(made, now));
      money.orders.ask(made);
      throw new Refusal({
        status: 202,
        code: 'USERPAYING',
        message: '用户支付中，需要输入密码',
        reason: `the user types the password for more than ${ASKED_ABOVE} fen: sandbox.pay pays`,
      });
    },
  });
}

function query(side, name) {
  const [variable] = /\w+(?=\}$)/.exec(name);
  return Object.freeze({
    method: 'GET',
    path: `${side.path}/${name}`,
    segments: Object.freeze({ [variable]: merchantNumber }),
    query: Object.freeze(side.asker),
    response: (parameters, context) => transactionOf(existing(side, parameters, context)),
  });
}

function close(side) {
  return Object.freeze({
    method: 'POST',
    path: `${side.path}/out-trade-no/{out_trade_no}/close`,
    segments: Object.freeze({ out_trade_no: merchantNumber }),
    body: Object.freeze(side.asker),
    status: 204,
    response(parameters, context) {
      context.money.orders.close(existing(side, parameters, context), context.now);
    },
  });
}

// Takes back a payment by code: what was paid is refunded, what was not can no longer be paid.
function reverse(side) {
  return Object.freeze({
    method: 'POST',
    path: `${side.path}/out-trade-no/{out_trade_no}/reverse`,
    segments: Object.freeze({ out_trade_no: merchantNumber }),
    body: Object.freeze(side.codeWho),
    response(parameters, context) {
      const found = existing(side, parameters, context);
      if (found.tradeType !== 'MICROPAY') {
        throw invalidRequest('只有付款码支付的订单可以撤销', 'only a payment by code is reversed');
      }
      if (found.state === 'CLOSED') throw orderClosed('the order is closed');
      context.money.orders.reverse(found, context.now);
      return { ...found.who, out_trade_no: found.outTradeNo };
    },
  });
}

function orderOf(side, parameters, merchant, tradeType) {
  const { out_trade_no: outTradeNo, notify_url: notifyUrl, description, attach } = parameters;
  const name = side === DIRECT ? 'mchid' : 'sp_mchid';
  requireOwn(parameters[name], merchant, name);
  const [openid, subOpenid] = side.openids.map((each) => parameters.payer?.[each]);
  return {
    who: whoOf(side, parameters),
    mchid: parameters[name],
    subMchid: parameters.sub_mchid,
    outTradeNo,
    request: { ...parameters, tradeType },
    tradeType,
    notifyUrl,
    description,
    attach,
    total: parameters.amount.total,
    openid,
    subOpenid,
    deviceId: parameters.scene_info?.device_id,
    profitSharing: parameters.settle_info?.profit_sharing ?? false,
  };
}

function whoOf(side, parameters) {
  const names = Object.keys(side.who).filter((name) => parameters[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, parameters[name]]));
}

function existing(side, parameters, { merchant, money, now }) {
  const name = side === DIRECT ? 'mchid' : 'sp_mchid';
  requireOwn(parameters[name], merchant, name);
  const { sub_mchid: subMchid, out_trade_no: outTradeNo, transaction_id: id } = parameters;
  const found =
    id === undefined
      ? money.orders.byNumber({ subMchid, mchid: parameters[name], outTradeNo }, now)
      : money.orders.byTransactionId(id, now);
  if (found !== undefined && found.subMchid === subMchid) return found;
  throw orderNotExist(`there is no order ${id ?? outTradeNo} of this merchant`);
}
