import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { text } from '../fields.mjs';
import { invalidRequest } from '../refusal.mjs';

/** Seconds for which a download URL is good (doc 4012556742). */
const URL_LIFETIME = 300;

const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'];

const oneOf = (...values) => text({ max: 32, values, optional: true });

/** Asks for the bill of a day (WeChat Pay's page "申请交易账单"): its hash, and where it is. */
export const tradeBill = Object.freeze({
  method: 'GET',
  path: '/v3/bill/tradebill',
  query: Object.freeze({
    bill_date: text({ max: 10, characters: '0-9-' }),
    bill_type: oneOf(...BILL_TYPES),
    tar_type: oneOf('GZIP'),
  }),
  response(
    { bill_date: date, bill_type: type = 'ALL', tar_type: tarType },
    { merchant: { preSignSecret }, headers, now },
  ) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      throw invalidRequest('账单日期格式不正确', 'bill_date is not in the form 2021-01-31');
    }
    const told = Buffer.from(JSON.stringify([date, type, now + URL_LIFETIME])).toString(
      'base64url',
    );
    const token = `${told}.${encrypt(told, preSignSecret)}`;
    const gzip = tarType === 'GZIP' ? '&tartype=gzip' : '';
    return {
      // Of the file as it is before it is compressed.
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(bill(date, type)).digest('hex'),
      download_url: `http://${headers.host}${billFile.path}?token=${token}${gzip}`,
    };
  },
});

/** The bill itself (doc 4012810615), which nobody signs. */
export const billFile = Object.freeze({
  method: 'GET',
  path: '/v3/billdownload/file',
  query: Object.freeze({
    token: text({ max: 1024 }),
    tartype: oneOf('gzip'),
  }),
  file({ token, tartype }, { merchant: { preSignSecret }, now }) {
    const [told, encrypted = ''] = token.split('.');
    const [ours, theirs] = [encrypt(told, preSignSecret), encrypted].map((part) =>
      Buffer.from(part),
    );
    if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) {
      throw invalidRequest('下载地址无效', 'the token is none that the sandbox gave');
    }
    const [date, type, until] = JSON.parse(Buffer.from(told, 'base64url').toString());
    if (now > until) throw invalidRequest('下载地址已过期', 'the download URL is older than 5 min');
    const file = bill(date, type);
    return tartype === 'gzip' ? gzipSync(file) : file;
  },
});

function encrypt(told, secret) {
  return createHmac('sha256', secret).update(`bill ${told}`).digest('base64url');
}

/** In the form of a trade bill, some of its columns: details, then what they come to. */
function bill(date, type) {
  const rows = Array.from({ length: 2_000 }, (_, index) => {
    const number = String(index).padStart(8, '0');
    const state = type === 'REFUND' ? 'REFUND' : 'SUCCESS';
    return `\`${date} 08:00:00,\`4200000000${number},\`ORDER_${number},\`${state},\`0.01`;
  });
  return Buffer.from(
    [
      '交易时间,微信订单号,商户订单号,交易状态,订单金额',
      ...rows,
      '总交易单数,订单总金额',
      `\`${rows.length},\`${(rows.length / 100).toFixed(2)}`,
      '',
    ].join('\r\n'),
  );
}
