// One line for each command, in the list of the commands.

export const SUMMARIES = {
  'summary.sandbox': [
    'starts a local WeChat Pay, and runs a command with it',
    '启动本地的微信支付沙箱，并在其中运行命令',
  ],
  'summary.trigger': [
    'has a running sandbox send an event to your handler',
    '让运行中的沙箱向你的程序发送回调',
  ],
  'summary.pay': [
    'pays an order of a running sandbox, as its user would',
    '在运行中的沙箱里支付订单，如同用户付款',
  ],
  'summary.confirm': [
    'confirms a transfer of a running sandbox, as its user would',
    '在运行中的沙箱里确认收款，如同用户确认',
  ],
  'summary.listen': [
    "prints what your handler answers to a running sandbox's notifications",
    '显示你的程序对沙箱回调的应答',
  ],
  'summary.respond': [
    'chooses how a running sandbox responds to a path',
    '指定运行中的沙箱对某个接口的应答',
  ],
  'summary.faults': [
    'has a running sandbox drop, delay, tamper with or refuse calls',
    '让运行中的沙箱丢弃、延迟、篡改或拒绝请求',
  ],
  'summary.doctor': [
    'checks your keys, clock and connection, and says what to do',
    '检查密钥、时钟和网络，并说明如何修复',
  ],
  'summary.call': ['sends {METHOD} to any path of APIv3', '向任意 APIv3 路径发送 {METHOD} 请求'],
  'summary.pre-entrust-sign-app': [
    'requests the pre-sign id with which an app opens the contract page',
    '获取 App 打开签约页面的预签约 ID',
  ],
  'summary.pre-entrust-sign-mini-program': [
    'the same for a mini program',
    '获取小程序打开签约页面的预签约 ID',
  ],
  'summary.pre-entrust-sign-app-with-real-name': [
    'the same for an app and one person, whose name it encrypts',
    '获取 App 的预签约 ID，限定实名用户，姓名加密传输',
  ],
  'summary.pre-entrust-sign-mini-program-with-real-name': [
    'the same for a mini program and one person',
    '获取小程序的预签约 ID，限定实名用户，姓名加密传输',
  ],
  'summary.query-contract-by-out-contract-code': [
    "queries a contract by the merchant's number of it",
    '按商户签约号查询签约',
  ],
  'summary.query-contract-by-openid': ['queries a contract by its payee', '按用户 openid 查询签约'],
  'summary.app-launch-params': [
    'signs what an app opens the contract page with; offline',
    '生成 App 打开签约页面的签名参数（离线）',
  ],
  'summary.pay-sign': [
    'signs what a page, mini program or app opens the cashier with; offline',
    '生成网页、小程序或 App 调起支付的签名参数（离线）',
  ],
  'summary.echo': [
    'has WeChat Pay return a message, in plain text and encrypted',
    '让微信支付原样返回一条消息（明文和密文）',
  ],
  'summary.certificates': [
    'downloads the platform certificates, and saves them',
    '下载并保存微信支付平台证书',
  ],
  'summary.download': [
    'downloads a bill or a file, and verifies its hash',
    '下载账单或文件，并校验哈希',
  ],
  'summary.upload': ['uploads a picture or a video', '上传图片或视频'],
  'summary.sign': [
    'signs a string or a captured request; offline',
    '对字符串或抓取的请求签名（离线）',
  ],
  'summary.verify': [
    'verifies a captured request, response or notification; offline',
    '验证抓取的请求、应答或回调的签名（离线）',
  ],
  'summary.encrypt': ['encrypts a field of a request; offline', '加密请求中的敏感字段（离线）'],
  'summary.decrypt': [
    'decrypts a field, a notification or certificates; offline',
    '解密敏感字段、回调或平台证书（离线）',
  ],
  'summary.authorization': [
    'makes the Authorization header of a request; offline',
    '生成请求的 Authorization 头（离线）',
  ],
  'summary.serial': ['prints the serial number of a certificate', '显示证书的序列号'],
  'summary.env': ['prints a commented .env', '输出带注释的 .env 模板'],
};
