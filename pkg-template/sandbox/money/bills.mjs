import { beijingTime } from '../beijing-time.mjs';

const yuan = (fen) => (fen / 100).toFixed(2);
// A field ends at a comma, and a row at a line break.
const cell = (value) => `\`${String(value).replace(/[,\r\n]/g, ' ')}`;
const row = (values) => values.map(cell).join(',');
const sum = (entries) => entries.reduce((total, { amount }) => total + amount, 0);
const timeOf = (at) => beijingTime(at).slice(0, 19).replace('T', ' ');

/** How the trade bill names what becomes of a refund later. */
const ENDS = { 'refund failed': 'CHANGE', 'refund closed': 'FAIL', 'refund mended': 'SUCCESS' };

const STATES = { payment: 'SUCCESS', refund: 'REFUND', reversal: 'REVOKED' };

// The columns of the trade bill, and the bills that have them. The sandbox takes no fee.
const ALL = ['ALL', 'SUCCESS', 'REFUND'];
const COLUMNS = [
  ['交易时间', ALL, ({ at }) => timeOf(at)],
  ['公众账号ID', ALL, ({ order: { who, appid } }) => who.appid ?? who.sp_appid ?? appid ?? ''],
  ['商户号', ALL, ({ order: { who } }) => who.mchid ?? who.sp_mchid],
  ['特约商户号', ALL, ({ order }) => order.subMchid ?? 0],
  ['设备号', ALL, ({ order }) => order.deviceId ?? ''],
  ['微信订单号', ALL, ({ order }) => order.transactionId],
  ['商户订单号', ALL, ({ order }) => order.outTradeNo],
  ['用户标识', ALL, ({ order }) => order.openid],
  ['交易类型', ALL, ({ order }) => order.tradeType],
  ['交易状态', ALL, ({ kind }) => STATES[kind]],
  ['付款银行', ALL, () => 'OTHERS'],
  ['货币种类', ALL, () => 'CNY'],
  ['应结订单金额', ALL, ({ refund, amount }) => yuan(refund ? 0 : amount)],
  ['代金券金额', ALL, () => yuan(0)],
  ['退款申请时间', ['REFUND'], ({ at }) => timeOf(at)],
  ['退款成功时间', ['REFUND'], ({ at }) => timeOf(at)],
  ['微信退款单号', ['ALL', 'REFUND'], ({ refund }) => refund?.refundId ?? 0],
  ['商户退款单号', ['ALL', 'REFUND'], ({ refund }) => refund?.outRefundNo ?? 0],
  ['退款金额', ['ALL', 'REFUND'], ({ refund }) => yuan(refund?.amount ?? 0)],
  ['充值券退款金额', ['ALL', 'REFUND'], () => yuan(0)],
  ['退款类型', ['ALL', 'REFUND'], ({ refund }) => (refund ? 'ORIGINAL' : '')],
  ['退款状态', ['ALL', 'REFUND'], ({ refund, status }) => (refund ? status : '')],
  ['商品名称', ALL, ({ order }) => order.description],
  ['商户数据包', ALL, ({ order }) => order.attach ?? ''],
  ['手续费', ALL, () => '0.00000'],
  ['费率', ALL, () => '0.00%'],
  ['订单金额', ALL, ({ refund, amount }) => yuan(refund ? 0 : amount)],
  ['申请退款金额', ['ALL', 'REFUND'], ({ refund }) => yuan(refund?.amount ?? 0)],
  ['费率备注', ALL, () => ''],
];
const TRADE_TOTALS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** How a movement is written in the fund flow bill: the business, its kind, and whether it is income. */
const FLOWS = {
  payment: ['交易', '收入'],
  refund: ['退款', '支出'],
  reversal: ['撤销', '支出'],
  transfer: ['商家转账', '支出'],
  'refund closed': ['退款', '收入'],
  sharing: ['分账', '支出'],
  return: ['分账回退', '收入'],
};
const FLOW_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/**
 * The bills of a day in Beijing.
 *
 * @param {ReturnType<import('./ledger.mjs').createLedger>} ledger
 * @param {{ order: (key: string) => object, refund: (key: string) => object,
 *   shares: (entry: object) => object[] }} look
 */
export function createBills(ledger, look) {
  // What is taken back by a reversal has no number of its own.
  const refundOf = ({ kind, refund, amount }) => {
    if (refund !== undefined) return look.refund(refund);
    return kind === 'reversal' ? { amount } : undefined;
  };
  const dayOf = (entries, date) => entries.filter(({ at }) => beijingTime(at).startsWith(date));
  return {
    /**
     * The trade bill.
     *
     * @param {{ date: string, type: string, subMchid?: string }} what
     * @param {number} upTo the last movement that it has
     * @returns {string | undefined} undefined if nothing was paid or refunded on that day
     */
    trade({ date, type, subMchid }, upTo) {
      const entries = ledger.upTo(upTo);
      const ends = new Map(
        entries.filter(({ kind }) => kind in ENDS).map(({ refund, kind }) => [refund, ENDS[kind]]),
      );
      const trades = dayOf(entries, date)
        .filter(({ kind }) => kind in STATES)
        .map((entry) => ({
          ...entry,
          order: look.order(entry.order),
          refund: refundOf(entry),
          status: ends.get(entry.refund) ?? 'SUCCESS',
        }))
        // Without a file the sandbox forgets the oldest orders and refunds, but not their movements.
        .filter(({ kind, order, refund }) => order && (refund || kind === 'payment'))
        .filter(({ order }) => subMchid === undefined || order.subMchid === subMchid);
      if (trades.length === 0) return undefined;
      const asked = trades.filter(({ refund }) =>
        refund === undefined ? type !== 'REFUND' : type !== 'SUCCESS',
      );
      const columns = COLUMNS.filter(([, types]) => types.includes(type));
      const paid = yuan(sum(asked.filter(({ refund }) => refund === undefined)));
      const refunded = yuan(
        sum(asked.filter(({ refund, status }) => refund !== undefined && status !== 'FAIL')),
      );
      return file([
        columns.map(([name]) => name).join(','),
        ...asked.map((trade) => row(columns.map(([, , write]) => write(trade)))),
        TRADE_TOTALS,
        row([asked.length, paid, refunded, yuan(0), '0.00000', paid, refunded]),
      ]);
    },
    /** The bill of profit sharing; undefined if nothing was shared or came back on that day. */
    sharing({ date, subMchid }, upTo) {
      const shares = dayOf(ledger.upTo(upTo), date)
        .filter(({ kind }) => kind in SHARES)
        .flatMap(({ order, ...entry }) =>
          look.shares(entry).map((share) => ({ ...entry, ...share, order: look.order(order) })),
        )
        .filter(({ order }) => order && (subMchid === undefined || order.subMchid === subMchid));
      if (shares.length === 0) return undefined;
      return file([
        SHARE_COLUMNS,
        ...shares.map(({ at, order, kind, id, detailId, number, account, ...share }) =>
          row([
            timeOf(at),
            order.mchid,
            order.subMchid ?? order.mchid,
            order.transactionId,
            id,
            detailId,
            number,
            yuan(order.total),
            account,
            yuan(share.amount),
            SHARES[kind],
            '处理成功',
            share.description,
            '',
          ]),
        ),
      ]);
    },
    /** The fund flow bill; undefined if no money moved on that day. */
    fundFlow({ date }, upTo) {
      const entries = ledger.upTo(upTo).filter(({ kind }) => kind in FLOWS);
      const moved = dayOf(entries, date);
      if (moved.length === 0) return undefined;
      const isIncome = ({ kind }) => FLOWS[kind][1] === '收入';
      let balance = 0;
      const balances = new Map();
      for (const entry of entries) {
        balance += isIncome(entry) ? entry.amount : -entry.amount;
        balances.set(entry, balance);
      }
      const income = moved.filter(isIncome);
      const expense = moved.filter((entry) => !isIncome(entry));
      return file([
        FLOW_COLUMNS,
        ...moved.map((entry) => {
          const order = entry.order === undefined ? undefined : look.order(entry.order);
          const refund = refundOf(entry);
          const [name, direction] = FLOWS[entry.kind];
          return row([
            timeOf(entry.at),
            refund?.refundId ?? order?.transactionId ?? entry.transfer,
            String(entry.number).padStart(20, '0'),
            name,
            name,
            direction,
            yuan(entry.amount),
            yuan(balances.get(entry)),
            'system',
            '',
            refund?.outRefundNo ?? order?.outTradeNo ?? entry.transfer,
          ]);
        }),
        FLOW_TOTALS,
        row([moved.length, income.length, yuan(sum(income)), expense.length, yuan(sum(expense))]),
      ]);
    },
  };
}

/** What the bill of profit sharing calls a movement. */
const SHARES = { sharing: '分账', return: '分账回退' };
const SHARE_COLUMNS =
  '分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,分账接收方,分账金额,业务类型,处理状态,分账描述,备注';

function file(lines) {
  return [...lines, ''].join('\r\n');
}
