import { encrypted, oneOf, text } from '../fields.mjs';
import { flag, integer, list, object, textWith } from '../nested-fields.mjs';

// The fields of orders, with the limits of the endpoints' pages (docs 4012525167 and 4012523579). Where a
// page names none, the limits are those of the same field elsewhere.

const optional = { optional: true };
const NUMBER_CHARACTERS = '0-9A-Za-z_\\-|*@';

export const appid = text({ max: 32 });
export const optionalAppid = text({ max: 32, ...optional });
export const mchid = text({ max: 32 });
export const optionalMchid = text({ max: 32, ...optional });

/** A number as a path or a query has it. */
export const merchantNumber = text({ max: 64, characters: NUMBER_CHARACTERS });

/** The number of a new order: at least `min` characters, of 32 at most. */
const newNumber = (min) =>
  textWith({ max: 32, characters: NUMBER_CHARACTERS }, (value) =>
    value.length < min ? `is shorter than ${min} characters` : undefined,
  );
export const outTradeNo = newNumber(6);
export const combinedNumber = newNumber(2);

/** A URL that WeChat Pay posts to. */
export const notifyUrl = (more = {}) =>
  textWith({ max: 256, ...more }, (value) => {
    if (!URL.canParse(value) || !/^https?:\/\//.test(value)) return 'is not a URL of http or https';
    return value.includes('?') ? 'has a query, which WeChat Pay does not accept' : undefined;
  });

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
export const rfc3339 = textWith({ max: 64, ...optional }, (value) =>
  TIME.test(value) && !Number.isNaN(Date.parse(value))
    ? undefined
    : 'is not a time as in 2018-06-08T10:34:56+08:00',
);

const goodsDetail = object({
  merchant_goods_id: text({ max: 32 }),
  wechatpay_goods_id: text({ max: 32, ...optional }),
  wxpay_goods_id: text({ max: 32, ...optional }),
  goods_name: text({ max: 256, ...optional }),
  quantity: integer({ min: 1 }),
  unit_price: integer(),
});
const bill = { cost_price: integer(optional), invoice_id: text({ max: 32, ...optional }) };
export const detail = object(
  { ...bill, goods_detail: list(goodsDetail, { max: 6000, ...optional }) },
  optional,
);
export const codeDetail = object(
  { ...bill, goods_detail: list(goodsDetail, { max: 6000 }) },
  optional,
);

const store = {
  id: text({ max: 32 }),
  name: text({ max: 256, ...optional }),
  area_code: text({ max: 32, ...optional }),
  address: text({ max: 512, ...optional }),
  out_id: text({ max: 32, ...optional }),
};
const scene = {
  payer_client_ip: text({ max: 45 }),
  device_id: text({ max: 32, ...optional }),
  store_info: object(store, optional),
};
const h5Info = object({
  type: text({ max: 32 }),
  app_name: text({ max: 64, ...optional }),
  app_url: text({ max: 128, ...optional }),
  bundle_id: text({ max: 128, ...optional }),
  package_name: text({ max: 128, ...optional }),
});
export const sceneInfo = object(scene, optional);
/** Of an order that is paid at a till. */
export const storeSceneInfo = object({ ...scene, store_info: object(store) });
export const h5SceneInfo = object({ ...scene, h5_info: h5Info });
export const codeSceneInfo = object({
  device_id: text({ max: 32, ...optional }),
  device_ip: text({ max: 45, ...optional }),
  store_info: object({
    id: text({ max: 32 }),
    out_id: text({ max: 32, ...optional }),
  }),
});

export const settleInfo = object(
  { profit_sharing: flag(optional), subsidy_amount: integer(optional) },
  optional,
);

const identity = object(
  {
    type: oneOf(
      ...['IDCARD', 'HONGKONG_MACAO', 'HONGKONG_MACAO_RESIDENT', 'TAIWAN_RESIDENT'],
      ...['FOREIGN_RESIDENT', 'OVERSEA_PASSPORT', 'PHONE_NUMBER'],
    ),
    number: encrypted({ max: 64 }),
    name: encrypted({ max: 64 }),
  },
  optional,
);
const openid = text({ max: 128, ...optional });

/** Who pays. `names` are the openids, of which a JSAPI order has one. */
export const payer = (names, { required }) =>
  object(
    { ...Object.fromEntries(names.map((name) => [name, openid])), identity },
    {
      optional: !required,
      problem: (value) =>
        required && names.every((name) => value[name] === undefined)
          ? { name: names[0], issue: `is required${names[1] ? `, or ${names[1]}` : ''}` }
          : undefined,
    },
  );

export const subsidyInfo = object(
  {
    subsidy_detail: list(
      object({
        subsidy_period_type: oneOf('DAILY', 'PERIOD'),
        subsidy_plan: list(
          object({
            subsidy_installment_num: integer({ documented: [3, 6, 12] }),
            subsidy_percent: integer({ max: 100 }),
          }),
          { max: 10 },
        ),
      }),
      { max: 10, ...optional },
    ),
  },
  optional,
);

export const amount = object({
  total: integer({ min: 1 }),
  currency: text({ max: 16, values: ['CNY'], ...optional }),
});

export const limitPay = list(oneOf('no_balance', 'no_credit', 'no_debit', 'balance_only'), {
  max: 8,
  ...optional,
});

const contract = (more) => ({
  plan_id: text({ max: 64, ...more }),
  contract_mchid: text({ max: 32, ...more }),
  contract_appid: text({ max: 32, ...more }),
  contract_code: text({ max: 64, ...more }),
  request_serial: text({ max: 64, ...more }),
  contract_display_account: text({ max: 64, ...more }),
  contract_notify_url: notifyUrl(optional),
});
/** The contract that is signed with the payment. */
export const contractInfo = object({
  token: text({ max: 64, ...optional }),
  password_free_contract_id: text({ max: 64, ...optional }),
  ...contract(optional),
});
export const appContractInfo = object(contract({}));

/** What every order has, however it is paid. */
export const order = {
  description: text({ max: 127 }),
  out_trade_no: outTradeNo,
  attach: text({ max: 128, ...optional }),
  goods_tag: text({ max: 32, ...optional }),
  support_fapiao: flag(optional),
  amount,
  settle_info: settleInfo,
};

/** What an order has that the user pays later. */
export const prepaid = {
  ...order,
  time_expire: rfc3339,
  notify_url: notifyUrl(),
  limit_pay: limitPay,
  detail,
  subsidy_info: subsidyInfo,
};
