// Calls as the samples of the official SDKs and documents make them, rewritten by hand. Each is compiled
// in all three forms of the chain.

import type { Wechatpay } from 'wechatpay-wasm';

declare const wxpay: Wechatpay;
declare const encrypted: string;

// Orders of a merchant.
for (const link of [
  wxpay.v3.pay.transactions.jsapi,
  wxpay.chain('v3/pay/transactions/jsapi'),
  wxpay['v3/pay/transactions/jsapi'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxd678efh567hg6787',
      mchid: '1900009191',
      description: 'Image形象店-深圳腾大-QQ公仔',
      out_trade_no: '1217752501201407033233368018',
      time_expire: '2026-12-08T10:34:56+08:00',
      attach: '自定义数据说明',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      goods_tag: 'WXG',
      support_fapiao: false,
      amount: { total: 100, currency: 'CNY' },
      payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
      detail: {
        cost_price: 608800,
        invoice_id: '微信123',
        goods_detail: [
          {
            merchant_goods_id: 'ABC',
            wechatpay_goods_id: '1001',
            goods_name: 'iPhoneX 256G',
            quantity: 1,
            unit_price: 828800,
          },
        ],
      },
      scene_info: {
        device_id: '013467007045764',
        payer_client_ip: '14.23.150.211',
        store_info: { id: '0001' },
      },
      settle_info: { profit_sharing: false },
    },
  });
  const id: string = data.prepay_id;
  console.log(id);
}
for (const link of [
  wxpay.v3.pay.transactions.app,
  wxpay.chain('v3/pay/transactions/app'),
  wxpay['v3/pay/transactions/app'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxd678efh567hg6787',
      mchid: '1900009191',
      description: 'Image形象店-深圳腾大-QQ公仔',
      out_trade_no: '1217752501201407033233368018',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      amount: { total: 100 },
    },
  });
  console.log(data.prepay_id);
}
for (const link of [
  wxpay.v3.pay.transactions.native,
  wxpay.chain('v3/pay/transactions/native'),
  wxpay['v3/pay/transactions/native'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxd678efh567hg6787',
      mchid: '1900009191',
      description: 'Native付费',
      out_trade_no: 'native12177525012014070332333',
      notify_url: 'https://weixin.qq.com/',
      amount: { total: 1, currency: 'CNY' },
    },
  });
  console.log(data.code_url);
}
for (const link of [
  wxpay.v3.pay.transactions.h5,
  wxpay.chain('v3/pay/transactions/h5'),
  wxpay['v3/pay/transactions/h5'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxd678efh567hg6787',
      mchid: '1900009191',
      description: 'Image形象店-深圳腾大-QQ公仔',
      out_trade_no: '1217752501201407033233368018',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      amount: { total: 100, currency: 'CNY' },
      scene_info: { payer_client_ip: '14.23.150.211', h5_info: { type: 'iOS' } },
    },
  });
  console.log(data.h5_url);
}
for (const link of [
  wxpay.v3.pay.transactions.id._transaction_id_,
  wxpay.chain('v3/pay/transactions/id/{transaction_id}'),
  wxpay['v3/pay/transactions/id/{transaction_id}'],
]) {
  const { data } = await link.get({
    transaction_id: '4200000985202103031441826014',
    query: { mchid: '1900009191' },
  });
  console.log(data.trade_state, data.amount?.total, data.payer?.openid);
}
for (const link of [
  wxpay.v3.pay.transactions.outTradeNo._out_trade_no_,
  wxpay.chain('v3/pay/transactions/out-trade-no/{out_trade_no}'),
  wxpay['v3/pay/transactions/out-trade-no/{out_trade_no}'],
]) {
  const { data } = await link.get({
    out_trade_no: 'forxxxxxxxxx',
    query: { mchid: 1900009191 },
  });
  console.log(data.trade_state_desc, data.promotion_detail?.[0]?.coupon_id);
}
for (const link of [
  wxpay.v3.pay.transactions.outTradeNo._out_trade_no_.close,
  wxpay.chain('v3/pay/transactions/out-trade-no/{out_trade_no}/close'),
  wxpay['v3/pay/transactions/out-trade-no/{out_trade_no}/close'],
]) {
  const { data } = await link.post({
    out_trade_no: 'OutTradeNo_example',
    json: { mchid: '1230000109' },
  });
  const none: undefined = data;
  console.log(none);
}

// Orders of a partner.
for (const link of [
  wxpay.v3.pay.partner.transactions.jsapi,
  wxpay.chain('v3/pay/partner/transactions/jsapi'),
  wxpay['v3/pay/partner/transactions/jsapi'],
]) {
  const { data } = await link.post({
    json: {
      sp_appid: 'wxd678efh567hg6787',
      sp_mchid: '1230000109',
      sub_mchid: '1230000110',
      description: 'Image形象店-深圳腾大-QQ公仔',
      out_trade_no: '1217752501201407033233368018',
      notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
      amount: { total: 100, currency: 'CNY' },
      payer: { sp_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
      settle_info: { profit_sharing: true },
    },
  });
  console.log(data.prepay_id);
}
for (const link of [
  wxpay.v3.pay.partner.transactions.id._transaction_id_,
  wxpay.chain('v3/pay/partner/transactions/id/{transaction_id}'),
  wxpay['v3/pay/partner/transactions/id/{transaction_id}'],
]) {
  const { data } = await link.get({
    transaction_id: '1217752501201407033233368018',
    query: { sp_mchid: '1230000109', sub_mchid: '1900000109' },
  });
  console.log(data.sub_mchid, data.trade_state);
}
for (const link of [
  wxpay.v3.pay.partner.transactions.outTradeNo._out_trade_no_.close,
  wxpay.chain('v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close'),
  wxpay['v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close'],
]) {
  await link.post({
    out_trade_no: '1217752501201407033233368018',
    json: { sp_mchid: '1230000109', sub_mchid: '1230000110' },
  });
}

// Combined orders.
for (const link of [
  wxpay.v3.combineTransactions.jsapi,
  wxpay.chain('v3/combine-transactions/jsapi'),
  wxpay['v3/combine-transactions/jsapi'],
]) {
  const { data } = await link.post({
    json: {
      combine_appid: 'wxd678efh567hg6787',
      combine_mchid: '1900000109',
      combine_out_trade_no: 'P20150806125346',
      combine_payer_info: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
      sub_orders: [
        {
          mchid: '1900000109',
          attach: '深圳分店',
          amount: { total_amount: 10, currency: 'CNY' },
          out_trade_no: '20150806125346',
          sub_mchid: '1900000109',
          description: '腾讯充值中心-QQ会员充值',
        },
      ],
      notify_url: 'https://yourapp.com/notify',
    },
  });
  console.log(data.prepay_id);
}
for (const link of [
  wxpay.v3.combineTransactions.outTradeNo._combine_out_trade_no_,
  wxpay.chain('v3/combine-transactions/out-trade-no/{combine_out_trade_no}'),
  wxpay['v3/combine-transactions/out-trade-no/{combine_out_trade_no}'],
]) {
  const { data } = await link.get({ combine_out_trade_no: 'P20150806125346' });
  console.log(data.combine_mchid);
}

// Refunds.
for (const link of [
  wxpay.v3.refund.domestic.refunds,
  wxpay.chain('v3/refund/domestic/refunds'),
  wxpay['v3/refund/domestic/refunds'],
]) {
  const { data } = await link.post({
    json: {
      transaction_id: '1217752501201407033233368018',
      out_refund_no: '1217752501201407033233368018',
      reason: '商品已售完',
      notify_url: 'https://weixin.qq.com',
      amount: { refund: 888, total: 888, currency: 'CNY' },
      goods_detail: [
        {
          merchant_goods_id: '1217752501201407033233368018',
          goods_name: 'iPhone6s 16G',
          unit_price: 528800,
          refund_amount: 528800,
          refund_quantity: 1,
        },
      ],
    },
  });
  console.log(data.refund_id, data.status);
}
for (const link of [
  wxpay.v3.refund.domestic.refunds._out_refund_no_,
  wxpay.chain('v3/refund/domestic/refunds/{out_refund_no}'),
  wxpay['v3/refund/domestic/refunds/{out_refund_no}'],
]) {
  const { data } = await link.get({ out_refund_no: '1217752501201407033233368018' });
  console.log(data.user_received_account);
}
for (const link of [
  wxpay.v3.ecommerce.refunds.apply,
  wxpay.chain('v3/ecommerce/refunds/apply'),
  wxpay['v3/ecommerce/refunds/apply'],
]) {
  await link.post({
    json: {
      sub_mchid: '1900000109',
      sp_appid: 'wx8888888888888888',
      out_trade_no: '1217752501201407033233368018',
      out_refund_no: '1217752501201407033233368018',
      amount: { refund: 888, total: 888, currency: 'CNY' },
    },
  });
}

// Bills and certificates.
for (const link of [
  wxpay.v3.bill.tradebill,
  wxpay.chain('v3/bill/tradebill'),
  wxpay['v3/bill/tradebill'],
]) {
  const { data } = await link.get({
    query: { bill_date: '2026-11-22', bill_type: 'ALL', tar_type: 'GZIP' },
  });
  const { download_url: url, hash_type: hashType, hash_value: hashValue } = data;
  await wxpay.download(url, { hashType, hashValue, gzip: true });
}
for (const link of [
  wxpay.v3.bill.fundflowbill,
  wxpay.chain('v3/bill/fundflowbill'),
  wxpay['v3/bill/fundflowbill'],
]) {
  await link.get({ query: { bill_date: '2026-11-22', account_type: 'BASIC' } });
}
for (const link of [
  wxpay.v3.certificates,
  wxpay.chain('v3/certificates'),
  wxpay['v3/certificates'],
]) {
  const { data } = await link.get();
  console.log(data.data?.[0]?.encrypt_certificate.ciphertext);
}

// Profit sharing.
for (const link of [
  wxpay.v3.profitsharing.orders,
  wxpay.chain('v3/profitsharing/orders'),
  wxpay['v3/profitsharing/orders'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wx8888888888888888',
      sub_mchid: '1900000109',
      transaction_id: '4208450740201411110007820472',
      out_order_no: 'P20150806125346',
      receivers: [
        {
          type: 'MERCHANT_ID',
          account: '86693852',
          name: encrypted,
          amount: 888,
          description: '分给商户A',
        },
      ],
      unfreeze_unsplit: true,
    },
    headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_0119000072912024101100397200000006' },
  });
  console.log(data.order_id, data.state);
}
for (const link of [
  wxpay.v3.profitsharing.orders._out_order_no_,
  wxpay.chain('v3/profitsharing/orders/{out_order_no}'),
  wxpay['v3/profitsharing/orders/{out_order_no}'],
]) {
  await link.get({
    out_order_no: 'P20150806125346',
    query: { transaction_id: '4208450740201411110007820472' },
  });
}
for (const link of [
  wxpay.v3.profitsharing.orders.unfreeze,
  wxpay.chain('v3/profitsharing/orders/unfreeze'),
  wxpay['v3/profitsharing/orders/unfreeze'],
]) {
  await link.post({
    json: {
      transaction_id: '4208450740201411110007820472',
      out_order_no: 'P20150806125346',
      description: '解冻全部剩余资金',
    },
  });
}
for (const link of [
  wxpay.v3.profitsharing.receivers.add,
  wxpay.chain('v3/profitsharing/receivers/add'),
  wxpay['v3/profitsharing/receivers/add'],
]) {
  await link.post({
    json: {
      appid: 'wx8888888888888888',
      type: 'MERCHANT_ID',
      account: '86693852',
      name: encrypted,
      relation_type: 'STORE',
    },
  });
}
for (const link of [
  wxpay.v3.profitsharing.receivers.Delete,
  wxpay.chain('v3/profitsharing/receivers/delete'),
  wxpay['v3/profitsharing/receivers/delete'],
]) {
  await link.post({
    json: { appid: 'wx8888888888888888', type: 'MERCHANT_ID', account: '86693852' },
  });
}

// Transfers.
for (const link of [
  wxpay.v3.transfer.batches,
  wxpay.chain('v3/transfer/batches'),
  wxpay['v3/transfer/batches'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxf636efh567hg4356',
      out_batch_no: 'plfk2020042013',
      batch_name: '2019年1月深圳分部报销单',
      batch_remark: '2019年1月深圳分部报销单',
      total_amount: 4000000,
      total_num: 1,
      transfer_detail_list: [
        {
          out_detail_no: 'x23zy545Bd5436',
          transfer_amount: 200000,
          transfer_remark: '2020年4月报销',
          openid: 'o-MYE42l80oelYMDE34nYD456Xoy',
          user_name: '张三',
        },
      ],
    },
    encrypt: ['transfer_detail_list.*.user_name'],
  });
  console.log(data.batch_id);
}
for (const link of [
  wxpay.v3.fundApp.mchTransfer.transferBills,
  wxpay.chain('v3/fund-app/mch-transfer/transfer-bills'),
  wxpay['v3/fund-app/mch-transfer/transfer-bills'],
]) {
  const { data } = await link.post({
    json: {
      appid: 'wxf636efh567hg4356',
      out_bill_no: 'plfk2020042013',
      transfer_scene_id: '1000',
      openid: 'o-MYE42l80oelYMDE34nYD456Xoy',
      transfer_amount: 400000,
      transfer_remark: '新会员开通有礼',
      transfer_scene_report_infos: [{ info_type: '活动名称', info_content: '新会员有礼' }],
    },
  });
  console.log(data.transfer_bill_no);
}

// Payment score.
for (const link of [
  wxpay.v3.payscore.serviceorder,
  wxpay.chain('v3/payscore/serviceorder'),
  wxpay['v3/payscore/serviceorder'],
]) {
  await link.get({
    query: {
      service_id: '500001',
      appid: 'wxd678efh567hg6787',
      out_order_no: '1234323JKHDFE1243252',
    },
  });
}

// Complaints.
for (const link of [
  wxpay.v3.merchantService.complaintsV2,
  wxpay.chain('v3/merchant-service/complaints-v2'),
  wxpay['v3/merchant-service/complaints-v2'],
]) {
  const { data } = await link.get({
    query: { limit: 5, offset: 10, begin_date: '2019-01-01', end_date: '2019-01-01' },
  });
  console.log(data.data?.[0]?.complaint_id, data.total_count);
}
for (const link of [
  wxpay.v3.merchantService.complaintsV2._complaint_id_.response,
  wxpay.chain('v3/merchant-service/complaints-v2/{complaint_id}/response'),
  wxpay['v3/merchant-service/complaints-v2/{complaint_id}/response'],
]) {
  await link.post({
    complaint_id: '200201820200101080076610000',
    json: { complainted_mchid: '1900012181', response_content: '已与用户沟通解决' },
  });
}

// Coupons.
for (const link of [
  wxpay.v3.marketing.favor.users._openid_.coupons,
  wxpay.chain('v3/marketing/favor/users/{openid}/coupons'),
  wxpay['v3/marketing/favor/users/{openid}/coupons'],
]) {
  const { data } = await link.post({
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    json: {
      stock_id: '9856088',
      out_request_no: '89560002019101000121',
      appid: 'wx233544546545989',
      stock_creator_mchid: '8956000',
    },
  });
  console.log(data.coupon_id);
}
for (const link of [
  wxpay.v3.marketing.favor.stocks._stock_id_.start,
  wxpay.chain('v3/marketing/favor/stocks/{stock_id}/start'),
  wxpay['v3/marketing/favor/stocks/{stock_id}/start'],
]) {
  await link.post({ stock_id: '9856000', json: { stock_creator_mchid: '8956000' } });
}

// A merchant's settlement account.
for (const link of [
  wxpay.v3.apply4sub.sub_merchants._sub_mchid_.modifySettlement,
  wxpay.chain('v3/apply4sub/sub_merchants/{sub_mchid}/modify-settlement'),
  wxpay['v3/apply4sub/sub_merchants/{sub_mchid}/modify-settlement'],
]) {
  await link.post({
    sub_mchid: '1511101111',
    json: {
      account_type: 'ACCOUNT_TYPE_BUSINESS',
      account_bank: '工商银行',
      bank_address_code: '110000',
      account_number: encrypted,
    },
    headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_0119000072912024101100397200000006' },
  });
}
