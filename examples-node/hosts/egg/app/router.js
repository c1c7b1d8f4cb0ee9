module.exports = ({ router, controller }) => {
  router.post('/contracts', controller.wechatpay.contracts);
  router.post('/notify', controller.wechatpay.notify);
};
