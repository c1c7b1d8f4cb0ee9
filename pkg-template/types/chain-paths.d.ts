/**
 * The APIv3 paths that the editor completes. Any other path works as well.
 *
 * @example
 * ```ts
 * await wxpay.v3.refund.domestic.refunds.post({ json });
 * ```
 */
export interface ChainPaths {
  certificates: unknown;
  security: { echo: unknown };
  pay: {
    transactions: ChainTransactions;
    partner: { transactions: ChainTransactions };
  };
  combineTransactions: { jsapi: unknown; app: unknown; native: unknown; h5: unknown };
  refund: { domestic: { refunds: { _out_refund_no_: unknown } } };
  bill: { tradebill: unknown; fundflowbill: unknown };
  profitsharing: {
    orders: { _out_order_no_: unknown };
    receivers: { add: unknown };
  };
  ecommerce: {
    individualContracts: {
      preEntrustSign: { app: unknown; miniProgram: unknown };
      preEntrustSignWithRealNameIdentity: { app: unknown; miniProgram: unknown };
      outContractCode: { _out_contract_code_: unknown };
      _openid_: unknown;
    };
    profitsharing: { orders: unknown };
    refunds: { apply: unknown };
  };
}

/**
 * The paths below `pay/transactions` and `pay/partner/transactions`.
 *
 * @example
 * ```ts
 * const { transactions }: ChainTree<{ transactions: ChainTransactions }> = wxpay.v3.pay;
 * await transactions.outTradeNo._out_trade_no_.close.post({ out_trade_no: 'A1', json });
 * ```
 */
export interface ChainTransactions {
  jsapi: unknown;
  app: unknown;
  native: unknown;
  h5: unknown;
  id: { _transaction_id_: unknown };
  outTradeNo: { _out_trade_no_: { close: unknown } };
}
