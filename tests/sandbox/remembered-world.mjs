// What has to be there before a call of an endpoint that remembers is accepted: the order that is queried,
// the refund that failed. Each call gets a world of its own.
import assert from 'node:assert/strict';

import { plainClient } from './two-clients.mjs';

const SUB_MCHID = '1900000109';
const NOWHERE = 'http://127.0.0.1:9/notify';
const APPID = 'wxd678efh567hg6787';
const RECEIVER = { type: 'MERCHANT_ID', account: '190001001' };

/**
 * Gives a function that changes the parameters of an operation, as they are in its shape, to what the sandbox
 * accepts, and makes what they name.
 *
 * @param {object} sandbox
 */
export function rememberedWorld(sandbox) {
  const { mchid } = sandbox.options;
  const client = plainClient(sandbox);
  let count = 0;
  const newNumber = () => {
    count += 1;
    return `NUMBER${count}`;
  };
  const post = async (path, json) => {
    const { status, data, code, detail } = await client.post(path, json);
    assert.ok(status < 300, `${path}: ${code} ${JSON.stringify(detail)}`);
    return data;
  };

  const own = { mchid, sp_mchid: mchid, combine_mchid: mchid, sub_mchid: SUB_MCHID };
  const NEW =
    /^(?:combine_)?out_(?:trade|refund|bill|order|return|authorization)_no$|^out_contract_code$/;
  /** The merchants are the sandbox's, and the numbers are new. */
  const fitted = (value, name = '') => {
    if (Array.isArray(value)) return value.map((each) => fitted(each, name));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, fitted(each, key)]),
      );
    }
    if (Object.hasOwn(own, name)) return own[name];
    if (NEW.test(name)) return newNumber();
    return /^time_(?:start|expire)$/.test(name)
      ? new Date(Date.now() + 600_000).toISOString()
      : value;
  };

  const order = {
    description: 'QQ公仔',
    notify_url: NOWHERE,
    amount: { total: 1000 },
    settle_info: { profit_sharing: true },
  };
  /** Orders: of the merchant, or of its sub-merchant; both have the same paths but for one word. */
  const make = async (isPartner, way = 'native', more = {}) => {
    const number = newNumber();
    const who = isPartner
      ? { sp_appid: APPID, sp_mchid: mchid, sub_mchid: SUB_MCHID }
      : { appid: APPID, mchid };
    const path = `/v3/pay${isPartner ? '/partner' : ''}/transactions/${way}`;
    await post(path, { ...who, ...order, out_trade_no: number, ...more });
    return number;
  };
  const query = async (isPartner, number) => {
    const who = isPartner ? `sp_mchid=${mchid}&sub_mchid=${SUB_MCHID}` : `mchid=${mchid}`;
    const path = `/v3/pay${isPartner ? '/partner' : ''}/transactions/out-trade-no/${number}`;
    return (await client.get(`${path}?${who}`)).data;
  };
  // Nobody listens where the notifications go, and nobody waits for them.
  const pay = (number) => void sandbox.pay(number);
  const paid = async (isPartner = true) => {
    const number = await make(isPartner);
    pay(number);
    return query(isPartner, number);
  };
  const payByCode = (isPartner) =>
    make(isPartner, 'codepay', {
      notify_url: undefined,
      payer: { auth_code: '130061098828009406' },
      scene_info: { store_info: { id: '1' } },
    });
  const combined = async () => {
    const number = newNumber();
    const parts = [newNumber(), newNumber()];
    await post('/v3/combine-transactions/native', {
      combine_appid: APPID,
      combine_mchid: mchid,
      combine_out_trade_no: number,
      notify_url: NOWHERE,
      sub_orders: parts.map((out_trade_no) => ({
        ...{ mchid, out_trade_no, attach: 'a', description: 'QQ公仔' },
        individual_auth_id: '1900000109',
        amount: { total_amount: 10, currency: 'CNY' },
      })),
    });
    return { number, parts };
  };
  const refunded = async () => {
    const { transaction_id } = await paid();
    return post('/v3/refund/domestic/refunds', {
      ...{ transaction_id, sub_mchid: SUB_MCHID, out_refund_no: newNumber() },
      amount: { refund: 100, total: 1000, currency: 'CNY' },
    });
  };
  const failed = async () => {
    const refund = await refunded();
    const fields = { out_refund_no: refund.out_refund_no, to: NOWHERE };
    await sandbox.trigger('REFUND.ABNORMAL', fields, { maxAttempts: 1 });
    return refund;
  };
  const transferred = (outBillNo) =>
    post('/v3/fund-app/mch-transfer/transfer-bills', {
      ...{ appid: APPID, openid: 'o1', out_bill_no: outBillNo, transfer_amount: 100 },
      ...{ transfer_remark: 'a', transfer_scene_id: '1000' },
      transfer_scene_report_infos: [{ info_type: 'a', info_content: 'b' }],
    });
  const receiver = (more = RECEIVER, who = { sub_mchid: SUB_MCHID }) =>
    post('/v3/profitsharing/receivers/add', {
      ...who,
      appid: APPID,
      ...more,
      relation_type: 'STORE',
    });
  const shared = async () => {
    const { transaction_id } = await paid();
    await receiver();
    return post('/v3/profitsharing/orders', {
      ...{ sub_mchid: SUB_MCHID, appid: APPID, transaction_id, out_order_no: newNumber() },
      receivers: [{ ...RECEIVER, amount: 10, description: 'a' }],
      unfreeze_unsplit: false,
    });
  };
  const givenBack = async () => {
    const { out_order_no } = await shared();
    return post('/v3/profitsharing/return-orders', {
      ...{ sub_mchid: SUB_MCHID, out_order_no, out_return_no: newNumber() },
      ...{ return_mchid: RECEIVER.account, amount: 10, description: 'a' },
    });
  };
  const signed = async (contract) =>
    post('/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program', contract);
  const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

  // What is changed of the parts of a call, by its path. The first that matches counts.
  const PREPARATIONS = [
    [
      /^GET .*individual-contracts\/out-contract-code/,
      async ({ variables, query: { appid } }) => {
        await signed({ ...variables, appid, openid: 'o1' });
      },
    ],
    [
      /^GET .*individual-contracts\/\{openid\}/,
      async ({ variables, query: { appid } }) => {
        await signed({ ...variables, appid, out_contract_code: newNumber() });
      },
    ],
    [
      /pay\/.*transactions\/id\//,
      async ({ path, variables }) => {
        variables.transaction_id = (await paid(path.includes('partner'))).transaction_id;
      },
    ],
    [
      /transactions\/out-trade-no\/.*reverse$/,
      async ({ path, variables }) => {
        variables.out_trade_no = await payByCode(path.includes('partner'));
      },
    ],
    [
      /\/pay\/.*transactions\/out-trade-no\//,
      async ({ path, variables }) => {
        variables.out_trade_no = await make(path.includes('partner'));
      },
    ],
    [
      /codepay$/,
      async ({ json }) => {
        json.payer.auth_code = '130061098828009406';
      },
    ],
    [
      /combine-transactions\/id\//,
      async ({ variables }) => {
        const { number } = await combined();
        pay(number);
        const { data } = await client.get(`/v3/combine-transactions/out-trade-no/${number}`);
        variables.combine_transaction_id = data.combine_transaction_id;
      },
    ],
    [
      /^GET .*combine-transactions\/out-trade-no/,
      async ({ variables }) => {
        const { number } = await combined();
        pay(number);
        variables.combine_out_trade_no = number;
      },
    ],
    [
      /combine-transactions\/.*close$/,
      async ({ variables, json }) => {
        const { number, parts } = await combined();
        variables.combine_out_trade_no = number;
        const [first] = json.sub_orders;
        json.sub_orders = parts.map((out_trade_no) => ({ ...first, out_trade_no }));
      },
    ],
    [
      /^POST .*refunds(?:\/apply)?$/,
      async ({ json }) => {
        const { transaction_id, out_trade_no } = await paid();
        Object.assign(json, { transaction_id, out_trade_no });
        Object.assign(json.amount, { total: 1000, refund: 100 });
      },
    ],
    [
      /^POST .*apply-abnormal-refund$/,
      async ({ variables, json }) => {
        const { refund_id, out_refund_no } = await failed();
        variables.refund_id = refund_id;
        json.out_refund_no = out_refund_no;
      },
    ],
    [
      /^GET .*refunds\/.*(?:out_refund_no|refund_id)\}$/,
      async ({ variables }) => {
        const refund = await refunded();
        for (const name of Object.keys(variables)) variables[name] = refund[name];
      },
    ],
    [
      /^(?:GET .*transfer-bills\/out-bill-no\/|POST .*transfer-bills\/.*cancel$)/,
      async ({ variables }) => {
        await transferred(variables.out_bill_no);
      },
    ],
    [
      /transfer-bills\/transfer-bill-no\//,
      async ({ variables }) => {
        variables.transfer_bill_no = (await transferred(newNumber())).transfer_bill_no;
      },
    ],
    [
      /profitsharing\/receivers\/delete$/,
      async ({ path, json: { type, account, sub_mchid } }) => {
        await receiver({ type, account }, path.includes('ecommerce') ? {} : { sub_mchid });
      },
    ],
    [
      /^POST .*profitsharing\/orders$/,
      async ({ json }) => {
        json.transaction_id = (await paid()).transaction_id;
        for (const each of json.receivers) {
          each.amount = 10;
          await receiver({ type: each.type, account: each.account ?? each.receiver_account });
        }
      },
    ],
    [
      /^POST .*profitsharing\/(?:orders\/unfreeze|finish-order)$/,
      async ({ json }) => {
        json.transaction_id = (await paid()).transaction_id;
      },
    ],
    [
      /^GET .*profitsharing\/orders(?:\/\{out_order_no\})?$/,
      async ({ variables, query: asked }) => {
        const { out_order_no, transaction_id } = await shared();
        asked.transaction_id = transaction_id;
        (variables.out_order_no === undefined ? asked : variables).out_order_no = out_order_no;
      },
    ],
    [
      /\/amounts$/,
      async ({ variables }) => {
        variables.transaction_id = (await paid()).transaction_id;
      },
    ],
    [
      /^POST .*profitsharing\/return-?orders$/,
      async ({ json }) => {
        const { order_id, out_order_no } = await shared();
        Object.assign(json, { order_id, out_order_no, return_mchid: RECEIVER.account });
        json.amount = 1;
      },
    ],
    [
      /^GET .*profitsharing\/return-?orders/,
      async ({ variables, query: asked }) => {
        const { out_order_no, out_return_no, order_id } = await givenBack();
        asked.out_order_no = out_order_no;
        if ('order_id' in asked) asked.order_id = order_id;
        (variables.out_return_no === undefined ? asked : variables).out_return_no = out_return_no;
      },
    ],
    [
      /^GET \/v3\/(?:bill\/fundflowbill|profitsharing\/bills)$/,
      async ({ query: asked }) => {
        await shared();
        delete asked.sub_mchid;
        asked.bill_date = today();
      },
    ],
  ];

  return async ({ method, path }, parts) => {
    const changed = { ...parts, ...fitted(parts), path };
    const [, prepare] = PREPARATIONS.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? [];
    await prepare?.(changed);
    return changed;
  };
}
