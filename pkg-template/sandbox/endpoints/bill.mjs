import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { billToken, readBillToken } from '../bill-token.mjs';
import { encryptedBill } from '../encrypted-bill.mjs';
import { text } from '../fields.mjs';
import { invalidRequest, Refusal } from '../refusal.mjs';

const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'];

const oneOf = (...values) => text({ max: 32, values, optional: true });

/** Requests the trade bill of a day (WeChat Pay's page "申请交易账单"): its hash and its URL. */
export const tradeBill = Object.freeze({
  method: 'GET',
  path: '/v3/bill/tradebill',
  query: Object.freeze({
    bill_date: text({ max: 10, characters: '0-9-' }),
    bill_type: oneOf(...BILL_TYPES),
    tar_type: oneOf('GZIP'),
    sub_mchid: text({ max: 32, optional: true }),
  }),
  response: (parameters, context) => {
    const { bill_date: date, bill_type: type = 'ALL', sub_mchid: subMchid } = parameters;
    return issue({ date, type, subMchid }, parameters, context);
  },
});

/** Requests the fund flow bill of a day (WeChat Pay's page "申请资金账单"). */
export const fundFlowBill = Object.freeze({
  method: 'GET',
  path: '/v3/bill/fundflowbill',
  query: Object.freeze({
    bill_date: text({ max: 10, characters: '0-9-' }),
    sub_mchid: text({ max: 32, optional: true }),
    account_type: oneOf('BASIC', 'OPERATION', 'FEES'),
    tar_type: oneOf('GZIP'),
  }),
  response: (parameters, context) => {
    const { bill_date: date, account_type: account = 'BASIC' } = parameters;
    return issue({ date, account }, parameters, context);
  },
});

/** Requests the bill of profit sharing of a day (WeChat Pay's page "申请分账账单"). */
export const sharingBill = Object.freeze({
  method: 'GET',
  path: '/v3/profitsharing/bills',
  query: Object.freeze({
    bill_date: text({ max: 10, characters: '0-9-' }),
    sub_mchid: text({ max: 32, optional: true }),
    tar_type: oneOf('GZIP'),
  }),
  response: (parameters, context) => {
    const { bill_date: date, sub_mchid: subMchid } = parameters;
    return issue({ date, subMchid, sharing: true }, parameters, context);
  },
});

/**
 * Issues a URL for a bill. It names the last movement of money that the bill has, so that the file that is
 * downloaded is the one that was hashed.
 */
function issue(what, { tar_type: tarType }, context) {
  if (!isDate(what.date)) {
    throw invalidRequest('账单日期格式不正确', 'bill_date is not a date in the form 2021-01-31');
  }
  const { money, headers } = context;
  const upTo = money.ledger.last;
  const token = billToken({ ...what, upTo }, context);
  const gzip = tarType === 'GZIP' ? '&tartype=gzip' : '';
  const file = bill({ ...what, upTo }, money);
  return {
    // The hash is that of the uncompressed file.
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(file).digest('hex'),
    download_url: `http://${headers.host}${billFile.path}?token=${token}${gzip}`,
  };
}

function isDate(text) {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The bill itself (doc 4012810615). It is not signed. */
export const billFile = Object.freeze({
  method: 'GET',
  path: '/v3/billdownload/file',
  query: Object.freeze({
    token: text({ max: 1024 }),
    tartype: oneOf('gzip'),
  }),
  file({ token, tartype }, context) {
    const { nonce, ...what } = readBillToken(token, context);
    if (nonce !== undefined) return encryptedBill({ nonce, gzip: tartype === 'gzip' }, context);
    const file = bill(what, context.money);
    return tartype === 'gzip' ? gzipSync(file) : file;
  },
});

// What happened on that day; of a day on which nothing did, a sample, so that there is a bill to download
// and read without an order before it.
function bill({ upTo, ...what }, { bills }) {
  if (what.sharing) return found(bills.sharing(what, upTo), 'nothing was shared', what);
  if (what.account === undefined) {
    return Buffer.from(bills.trade(what, upTo) ?? sample(what.date, what.type));
  }
  // Money moves in the basic account alone.
  const flows = what.account === 'BASIC' ? bills.fundFlow(what, upTo) : undefined;
  return found(flows, 'no money moved in this account', what);
}

function found(text, reason, { date }) {
  if (text !== undefined) return Buffer.from(text);
  throw new Refusal({
    status: 400,
    code: 'NO_STATEMENT_EXIST',
    message: '账单文件不存在',
    reason: `${reason} on ${date}`,
  });
}

/** A trade bill with some of its columns: the details, then the totals. */
function sample(date, type) {
  const rows = Array.from({ length: 2_000 }, (_, index) => {
    const number = String(index).padStart(8, '0');
    const state = type === 'REFUND' ? 'REFUND' : 'SUCCESS';
    return `\`${date} 08:00:00,\`4200000000${number},\`ORDER_${number},\`${state},\`0.01`;
  });
  return [
    '交易时间,微信订单号,商户订单号,交易状态,订单金额',
    ...rows,
    '总交易单数,订单总金额',
    `\`${rows.length},\`${(rows.length / 100).toFixed(2)}`,
    '',
  ].join('\r\n');
}
