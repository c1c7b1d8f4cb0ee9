import { beijingTime } from '../beijing-time.mjs';
import { encrypted, oneOf, text } from '../fields.mjs';
import { transferOf } from '../money/transfers.mjs';
import { integer, list, object } from '../nested-fields.mjs';
import { paramError } from '../refusal.mjs';
import { notifyUrl, optionalMchid } from './order-fields.mjs';

const FAMILY = '/v3/fund-app/mch-transfer/transfer-bills';
/** From 2,000 yuan on, a transfer names its user; below 0.3 yuan it must not. */
const NAMED_FROM = 200_000;
const UNNAMED_BELOW = 30;
/** The user of a transfer that names none. */
const SOMEBODY = 'o-MYE42l80oelYMDE34nYD456Xoy';
const optional = { optional: true };
const outBillNo = text({ max: 32, characters: '0-9A-Za-z' });

const bill = {
  appid: text({ max: 32 }),
  out_bill_no: outBillNo,
  transfer_scene_id: oneOf('1000', '1002', '1004', '1005', '1009', '1010', '1011', '1013'),
  openid: text({ max: 64 }),
  user_name: encrypted({ max: 64, ...optional }),
  transfer_amount: integer({ min: 1 }),
  transfer_remark: text({ max: 32 }),
  notify_url: notifyUrl(optional),
  user_recv_perception: text({ max: 64, ...optional }),
  transfer_scene_report_infos: list(
    object({ info_type: text({ max: 15 }), info_content: text({ max: 32 }) }),
    { max: 10 },
  ),
};

/** Transfers by bills (doc 4012716434 and its neighbours). */
export const transfers = [
  Object.freeze({
    method: 'POST',
    path: FAMILY,
    body: Object.freeze({
      ...bill,
      user_recv_style: object({ type: oneOf('CONFIRM_PAGE', 'RED_PACKET') }, optional),
    }),
    response: make,
  }),
  Object.freeze({
    method: 'POST',
    path: `${FAMILY}/pre-transfer-with-authorization`,
    body: Object.freeze({
      ...bill,
      sponsor_mchid: optionalMchid,
      authorization_info: object(
        {
          user_display_name: text({ max: 64 }),
          out_authorization_no: outBillNo,
          authorization_notify_url: notifyUrl(),
        },
        optional,
      ),
    }),
    response(parameters, context) {
      const { authorization_info: info = {} } = parameters;
      const { authorization_notify_url: _, ...shown } = info;
      return { ...make(parameters, context), ...shown };
    },
  }),
  // The user has authorized it before. The authorization itself is not remembered.
  Object.freeze({
    method: 'POST',
    path: `${FAMILY}/transfer`,
    body: Object.freeze({
      ...bill,
      openid: text({ max: 64, ...optional }),
      authorization_id: text({ max: 64, ...optional }),
      out_authorization_no: text({ max: 32, ...optional }),
      sponsor_mchid: optionalMchid,
    }),
    response(parameters, { merchant, money, now }) {
      requireName(parameters);
      if (parameters.authorization_id === undefined && !parameters.out_authorization_no) {
        throw paramError({
          field: '/authorization_id',
          value: '',
          issue: 'is required, or out_authorization_no',
          location: 'body',
        });
      }
      const made = money.transfers.make({ openid: SOMEBODY, ...parameters }, now);
      const waits = made.state === 'WAIT_USER_CONFIRM';
      if (waits) money.transferred(money.transfers.confirm(made.outBillNo, now));
      return transferOf(waits ? { ...made, state: 'ACCEPTED' } : made, merchant);
    },
  }),
  Object.freeze({
    method: 'GET',
    path: `${FAMILY}/out-bill-no/{out_bill_no}`,
    segments: Object.freeze({ out_bill_no: outBillNo }),
    response: ({ out_bill_no: number }, { merchant, money, now }) =>
      transferOf(money.transfers.known(number, now), merchant),
  }),
  Object.freeze({
    method: 'GET',
    path: `${FAMILY}/transfer-bill-no/{transfer_bill_no}`,
    segments: Object.freeze({ transfer_bill_no: text({ max: 64, characters: '0-9A-Za-z' }) }),
    response: ({ transfer_bill_no: number }, { merchant, money, now }) =>
      transferOf(money.transfers.byTransferBillNo(number, now), merchant),
  }),
  Object.freeze({
    method: 'POST',
    path: `${FAMILY}/out-bill-no/{out_bill_no}/cancel`,
    segments: Object.freeze({ out_bill_no: outBillNo }),
    // A client may send `{}`, or nothing.
    body: Object.freeze({}),
    response({ out_bill_no: number }, { money, now }) {
      const transfer = money.transfers.cancel(number, now);
      if (transfer.state === 'CANCELING') money.transferred({ ...transfer, state: 'CANCELLED' });
      return {
        out_bill_no: transfer.outBillNo,
        transfer_bill_no: transfer.transferBillNo,
        state: transfer.state,
        update_time: beijingTime(transfer.updatedAt),
      };
    },
  }),
];

function make(parameters, { money, now }) {
  requireName(parameters);
  const transfer = money.transfers.make(parameters, now);
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    create_time: beijingTime(transfer.at),
    state: transfer.state,
    ...(transfer.state === 'WAIT_USER_CONFIRM' ? { package_info: transfer.packageInfo } : {}),
  };
}

function requireName({ transfer_amount: amount, user_name: name }) {
  const issue =
    amount >= NAMED_FROM && name === undefined
      ? `is required from ${NAMED_FROM} fen on`
      : amount < UNNAMED_BELOW &&
        name !== undefined &&
        `is not accepted below ${UNNAMED_BELOW} fen`;
  if (issue) throw paramError({ field: '/user_name', issue, location: 'body' });
}
