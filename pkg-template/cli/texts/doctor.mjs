// What `doctor` says: of each check that it is right, and what to do where it is not.

const PLATFORM = 'WeChat Pay’s merchant platform, account centre, API security';
const PLATFORM_ZH = '微信支付商户平台的账户中心 - API 安全';

export const DOCTOR = {
  'doctor.mend': ['What to do:', '如何修复：'],
  'doctor.well': ['No check failed.', '检查完成，没有失败项。'],
  'doctor.ill': [
    'Some checks failed: start with the first of them.',
    '有检查项未通过：请从第一项开始修复。',
  ],
  'doctor.variables': ['Found: {places}.', '已找到：{places}。'],
  'doctor.variables-wrong': ['{problem}. Found: {places}.', '{problem}。已找到：{places}。'],
  'doctor.place': ['{name} ({from})', '{name}（{from}）'],
  'doctor.place-next': [', ', '、'],
  'doctor.log.mend': [
    'Set WECHATPAY_LOG to debug, info, warn or error, or remove it.',
    '请把 WECHATPAY_LOG 设为 debug、info、warn 或 error，或者删除它。',
  ],
  'doctor.certs.mend': [
    'Set WECHATPAY_CERTS=auto if the platform certificates are to be downloaded; otherwise remove it. A key belongs in WECHATPAY_PUBLIC_KEY.',
    '如果要自动下载平台证书，请设置 WECHATPAY_CERTS=auto，否则请删除它。公钥应放在 WECHATPAY_PUBLIC_KEY 中。',
  ],
  'doctor.other-name': [
    '{name} is not read; here it is {here}.',
    '不读取 {name}，此处的变量名是 {here}。',
  ],
  'doctor.other-name.mend': ['Rename the variable.', '请更改变量名。'],
  'doctor.variables.mend': [
    'Set each variable that is named once, in the environment or in .env, where `wechatpay-wasm env > .env` writes a template.',
    '请在环境变量或 .env 中设置所列变量，每个只设一次；`wechatpay-wasm env > .env` 可生成模板。',
  ],
  'doctor.mchid': ['The merchant number has its form.', '商户号格式正确。'],
  'doctor.mchid.mend': [
    `Set WECHATPAY_MCHID to the merchant number that the merchant platform shows, digits alone.`,
    '请把 WECHATPAY_MCHID 设为商户平台显示的商户号，只含数字。',
  ],
  'doctor.privateKey': ['The private key is read.', '私钥可以读取。'],
  'doctor.privateKey.mend': [
    'Give the content of apiclient_key.pem, from the folder of the certificate tool, as WECHATPAY_PRIVATE_KEY, or its path as WECHATPAY_PRIVATE_KEY_FILE.',
    '请把 apiclient_key.pem 的内容设为 WECHATPAY_PRIVATE_KEY，或把其路径设为 WECHATPAY_PRIVATE_KEY_FILE。',
  ],
  'doctor.serial': [
    'The serial number has its form. Only WeChat Pay knows whose it is.',
    '证书序列号格式正确；是否属于该商户只有微信支付知道。',
  ],
  'doctor.serial.mend': [
    '`wechatpay-wasm serial apiclient_cert.pem` shows the serial number for WECHATPAY_SERIAL; or set WECHATPAY_CERT_FILE in its place.',
    '`wechatpay-wasm serial apiclient_cert.pem` 显示用于 WECHATPAY_SERIAL 的序列号；也可以改为设置 WECHATPAY_CERT_FILE。',
  ],
  'doctor.certificate': [
    'The certificate is read, and names no other merchant.',
    '证书可以读取，且不属于其他商户。',
  ],
  'doctor.certificate.mend': [
    'Give apiclient_cert.pem of this merchant as WECHATPAY_CERT. The number that `wechatpay-wasm serial apiclient_cert.pem` names must be WECHATPAY_MCHID.',
    '请把该商户的 apiclient_cert.pem 设为 WECHATPAY_CERT。`wechatpay-wasm serial apiclient_cert.pem` 显示的商户号必须与 WECHATPAY_MCHID 一致。',
  ],
  'doctor.serialOfCertificate': [
    'The serial number is that of the certificate.',
    '序列号与证书一致。',
  ],
  'doctor.serialOfCertificate.mend': [
    'Remove WECHATPAY_SERIAL: the certificate has it.',
    '请删除 WECHATPAY_SERIAL：证书中已有序列号。',
  ],
  'doctor.certificateAndKey': [
    'The certificate and the private key belong together.',
    '证书与私钥配对。',
  ],
  'doctor.certificateAndKey.mend': [
    'Give apiclient_cert.pem and apiclient_key.pem of the same download: one of them was renewed without the other.',
    '请使用同一次下载的 apiclient_cert.pem 和 apiclient_key.pem：其中一个更新过，而另一个没有。',
  ],
  'doctor.validity': ['The certificate is valid today.', '证书在有效期内。'],
  'doctor.validity.mend': [
    `Renew the API certificate on ${PLATFORM}, and give both new files. If it is new, set this machine’s clock.`,
    `请在${PLATFORM_ZH}更换 API 证书，并同时使用两个新文件。如果证书是新的，请校准本机时钟。`,
  ],
  'doctor.publicKey': [
    'WeChat Pay’s key {id} is read. Only a response shows whether it is WeChat Pay’s.',
    '微信支付的公钥 {id} 可以读取；是否真是微信支付的，要由应答证明。',
  ],
  'doctor.publicKey.mend': [
    `Copy the id, PUB_KEY_ID_ and what follows, to WECHATPAY_PUBLIC_KEY_ID, and download pub_key.pem for WECHATPAY_PUBLIC_KEY, from ${PLATFORM}.`,
    `请在${PLATFORM_ZH}把 PUB_KEY_ID_ 开头的公钥 ID 复制到 WECHATPAY_PUBLIC_KEY_ID，并下载 pub_key.pem 用作 WECHATPAY_PUBLIC_KEY。`,
  ],
  'doctor.platform-certificate': [
    'It is a platform certificate, which ends.',
    '这是平台证书，会过期。',
  ],
  'doctor.platform-certificate.mend': [
    'Move to WeChat Pay’s public key, or set WECHATPAY_CERTS=auto.',
    '请改用微信支付公钥，或设置 WECHATPAY_CERTS=auto。',
  ],
  'doctor.apiv3Key': [
    'The APIv3 key has 32 bytes. That does not show that it is the merchant platform’s.',
    'APIv3密钥是 32 字节；这并不能证明它与商户平台上的一致。',
  ],
  'doctor.apiv3Key.mend': [
    `Set WECHATPAY_APIV3_KEY to the 32 characters that were set on ${PLATFORM}. The platform shows them never again: if they are lost, set new ones.`,
    `请把 WECHATPAY_APIV3_KEY 设为在${PLATFORM_ZH}设置的 32 个字符。平台不会再次显示：如果遗失，请重新设置。`,
  ],
  'doctor.no-apiv3-key': [
    'There is none. Notifications and platform certificates need one.',
    '未设置。回调和平台证书需要它。',
  ],
  'doctor.baseUrl': ['The base URL has its form.', '请求地址格式正确。'],
  'doctor.baseUrl.mend': [
    'Remove WECHATPAY_BASE_URL, or set it to an origin over https, such as https://api.mch.weixin.qq.com, or over http on loopback.',
    '请删除 WECHATPAY_BASE_URL，或设为 https 的源，例如 https://api.mch.weixin.qq.com，或本机回环地址的 http。',
  ],
  'doctor.no-proxy': ['No proxy is set in the environment.', '环境变量中没有设置代理。'],
  'doctor.proxy': ['Requests go by the proxy of {names}.', '请求经由 {names} 所设的代理。'],
  'doctor.idle-proxy': [
    '{names} is set, but fetch of this Node ({node}) does not use it: requests go straight to the server.',
    '设置了 {names}，但本 Node（{node}）的 fetch 不使用它：请求会直接发往服务器。',
  ],
  'doctor.proxy.mend': [
    'If requests must go by the proxy, set NODE_USE_ENV_PROXY=1, for your program, too. Otherwise unset the variable.',
    '如果请求必须经过代理，请设置 NODE_USE_ENV_PROXY=1（你的程序也要设置）。否则请取消该变量。',
  ],
  'doctor.proxy-unable.mend': [
    'If requests must go by the proxy, take Node 24, or 22.21 and newer, with NODE_USE_ENV_PROXY=1; or give the client a fetch of its own. Otherwise unset the variable.',
    '如果请求必须经过代理，请使用 Node 24 或 22.21 以上并设置 NODE_USE_ENV_PROXY=1，或给客户端传入自己的 fetch。否则请取消该变量。',
  ],
  'doctor.by-proxy': ['Requests go by the proxy.', '请求经由代理。'],
  'doctor.dns': ['{host} is {addresses}.', '{host} 解析为 {addresses}。'],
  'doctor.dns.mend': [
    'This machine cannot resolve {host}. Check WECHATPAY_BASE_URL, and the DNS server of this machine or container (/etc/resolv.conf).',
    '本机无法解析 {host}。请检查 WECHATPAY_BASE_URL，以及本机或容器的 DNS 服务器（/etc/resolv.conf）。',
  ],
  'doctor.connection': ['{host}:{port} takes connections.', '{host}:{port} 可以连接。'],
  'doctor.connection.mend': [
    'Open the way from this machine to the server, port included: firewall, security group, or WECHATPAY_BASE_URL.',
    '请放通本机到该服务器及端口的网络：防火墙、安全组，或检查 WECHATPAY_BASE_URL。',
  ],
  'doctor.no-way': ['{host}:{port}: {problem}.', '{host}:{port}：{problem}。'],
  'doctor.no-response': ['{origin} does not respond: {problem}.', '{origin} 没有应答：{problem}。'],
  'doctor.late': ['no answer within {seconds} s', '{seconds} 秒内没有应答'],
  'doctor.response.mend': [
    'The server takes connections, but does not answer a request. Check WECHATPAY_BASE_URL, and what stands before the server: proxy, gateway or load balancer.',
    '服务器可以连接，但不应答请求。请检查 WECHATPAY_BASE_URL，以及服务器之前的代理、网关或负载均衡。',
  ],
  'doctor.tls': [
    '{version}; the certificate of {issuer} is valid until {until}.',
    '{version}；{issuer} 签发的证书有效期至 {until}。',
  ],
  'doctor.tls.mend': [
    'Something else answers for {host}, or this machine does not know its certificate authority. If a proxy of your company reads TLS, give its root certificate in NODE_EXTRA_CA_CERTS. Never set NODE_TLS_REJECT_UNAUTHORIZED=0.',
    '应答的不是 {host}，或者本机不认识其证书颁发机构。如果公司的代理会解密 TLS，请用 NODE_EXTRA_CA_CERTS 指定其根证书。切勿设置 NODE_TLS_REJECT_UNAUTHORIZED=0。',
  ],
  'doctor.unauthorized': [
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: anybody on the way can read and change what is sent.',
    '设置了 NODE_TLS_REJECT_UNAUTHORIZED=0：网络途中的任何人都能读取和篡改内容。',
  ],
  'doctor.unauthorized.mend': [
    'Unset NODE_TLS_REJECT_UNAUTHORIZED.',
    '请取消 NODE_TLS_REJECT_UNAUTHORIZED。',
  ],
  'doctor.clock': ['{seconds} s from the server’s clock.', '与服务器时钟相差 {seconds} 秒。'],
  'doctor.ahead': [
    'This machine’s clock is {seconds} s ahead of the server’s; at most {most} s are allowed.',
    '本机时钟比服务器快 {seconds} 秒；最多允许 {most} 秒。',
  ],
  'doctor.behind': [
    'This machine’s clock is {seconds} s behind the server’s; at most {most} s are allowed.',
    '本机时钟比服务器慢 {seconds} 秒；最多允许 {most} 秒。',
  ],
  'doctor.clock.mend': [
    'Set this machine’s clock, and keep it by NTP (`timedatectl set-ntp true`). A container has the clock of its host.',
    '请校准本机时钟，并用 NTP 保持同步（`timedatectl set-ntp true`）。容器使用宿主机的时钟。',
  ],
  'doctor.no-date': ['The response has no Date.', '应答没有 Date 头。'],
  'doctor.not-reached': ['The server is not reached.', '无法连接服务器。'],
  'doctor.not-configured': [
    'The configuration is wrong: nothing is sent with it.',
    '配置有误：不会用它发送请求。',
  ],
  'doctor.no-echo': [
    'No call was accepted, and without one nothing can show it.',
    '没有请求被接受，因此无法验证。',
  ],
  'doctor.no-certificates': [
    'Without a platform certificate nothing is sent.',
    '没有平台证书时不会发送请求。',
  ],
  'doctor.echo': [
    '{host} accepts this merchant number, serial number and signature, and its response is signed with the key of its id. Nothing showed whether either side decrypts what the other encrypts.',
    '{host} 接受该商户号、序列号和签名，其应答由对应 ID 的公钥验签通过。双方能否解密对方的密文未得到证明。',
  ],
  'doctor.echo-decrypted': [
    '{host} accepts this merchant number, serial number and signature; its response is signed with the key of its id; it can read what is encrypted for it, and the private key what is encrypted for the merchant.',
    '{host} 接受该商户号、序列号和签名；其应答由对应 ID 的公钥验签通过；它能解密发给它的密文，私钥也能解密发给商户的密文。',
  ],
  'doctor.echo.serial': [
    'The serial number is not that of this merchant’s certificate. `wechatpay-wasm serial apiclient_cert.pem` shows it; better set WECHATPAY_CERT_FILE in place of WECHATPAY_SERIAL.',
    '序列号不是该商户证书的序列号。`wechatpay-wasm serial apiclient_cert.pem` 可显示；最好用 WECHATPAY_CERT_FILE 代替 WECHATPAY_SERIAL。',
  ],
  'doctor.echo.mchid': [
    'WeChat Pay does not know WECHATPAY_MCHID with this certificate. Compare it with the merchant platform: `wechatpay-wasm serial apiclient_cert.pem` names the number of the certificate.',
    '微信支付认为 WECHATPAY_MCHID 与该证书不符。请与商户平台核对：`wechatpay-wasm serial apiclient_cert.pem` 显示证书的商户号。',
  ],
  'doctor.echo.clock': [
    'Set this machine’s clock, and keep it by NTP (`timedatectl set-ntp true`): the times of both sides differ by more than 300 s.',
    '请校准本机时钟，并用 NTP 保持同步（`timedatectl set-ntp true`）：双方时间相差超过 300 秒。',
  ],
  'doctor.echo.privateKey': [
    'The private key does not belong to the certificate with this serial number. Give apiclient_key.pem and apiclient_cert.pem (WECHATPAY_CERT_FILE) of the same download.',
    '私钥与该序列号的证书不配对。请使用同一次下载的 apiclient_key.pem 和 apiclient_cert.pem（WECHATPAY_CERT_FILE）。',
  ],
  'doctor.echo.publicKey': [
    `Probably the key of WECHATPAY_PUBLIC_KEY is not the one of WECHATPAY_PUBLIC_KEY_ID: download pub_key.pem anew from ${PLATFORM}. If it is, something on the way changes responses.`,
    `WECHATPAY_PUBLIC_KEY 可能不是 WECHATPAY_PUBLIC_KEY_ID 对应的公钥：请在${PLATFORM_ZH}重新下载 pub_key.pem。如果一致，则应答在途中被改动。`,
  ],
  'doctor.echo.publicKeyId': [
    `WeChat Pay signs with a key of another id. Copy WECHATPAY_PUBLIC_KEY_ID anew from ${PLATFORM}, with the pub_key.pem of that id; or set WECHATPAY_CERTS=auto if the merchant has platform certificates.`,
    `微信支付用另一个 ID 的公钥签名。请在${PLATFORM_ZH}重新复制 WECHATPAY_PUBLIC_KEY_ID 并下载对应的 pub_key.pem；如果商户使用平台证书，请设置 WECHATPAY_CERTS=auto。`,
  ],
  'doctor.echo.unsigned': [
    'It is not WeChat Pay that answers, or something on the way takes the signature away: check WECHATPAY_BASE_URL, gateways and proxies.',
    '应答的不是微信支付，或者签名在途中被去掉：请检查 WECHATPAY_BASE_URL、网关和代理。',
  ],
  'doctor.echo.certs': [
    `The platform certificates cannot be downloaded: a merchant with WeChat Pay’s public key alone has none. Set WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY, of ${PLATFORM}, in place of WECHATPAY_CERTS.`,
    `无法下载平台证书：只有微信支付公钥的商户没有平台证书。请用${PLATFORM_ZH}中的 WECHATPAY_PUBLIC_KEY_ID 和 WECHATPAY_PUBLIC_KEY 代替 WECHATPAY_CERTS。`,
  ],
  'doctor.echo.network': [
    'The connection broke, although the server was reached before: try again. If it stays, a firewall or a proxy lets small requests pass alone.',
    '之前可以连接，但这次连接中断：请重试。如果仍然如此，可能是防火墙或代理只放行较小的请求。',
  ],
  'doctor.echo.redirect': [
    'The server sends requests elsewhere, which the client never follows: set WECHATPAY_BASE_URL to WeChat Pay’s own origin, or look for a proxy or a login page of the network.',
    '服务器要求重定向，而客户端从不跟随：请把 WECHATPAY_BASE_URL 设为微信支付的地址，或检查网络中的代理或登录页面。',
  ],
  'doctor.echo.gateway': [
    'A gateway answers that it does not reach the server behind it: try again. If it stays, check WECHATPAY_BASE_URL and the proxies on the way.',
    '网关应答称无法访问其后的服务器：请重试。如果仍然如此，请检查 WECHATPAY_BASE_URL 和途中的代理。',
  ],
  'doctor.echo.other': [
    'Look the code up in WeChat Pay’s documents, and try again. If it stays, give WeChat Pay’s support the Request-ID.',
    '请在微信支付文档中查找该错误码并重试。如果仍然失败，请向微信支付技术支持提供 Request-ID。',
  ],
  'doctor.apiv3Key-shown': [
    'It opened {count} platform certificates: it is the merchant platform’s.',
    '它解开了 {count} 个平台证书：与商户平台上的一致。',
  ],
  'doctor.apiv3Key-shown-one': [
    'It opened a platform certificate: it is the merchant platform’s.',
    '它解开了一个平台证书：与商户平台上的一致。',
  ],
  'doctor.apiv3Key-unasked': [
    'Nothing could show that it is the merchant platform’s: the platform certificates were not given ({problem}).',
    '无法证明它与商户平台上的一致：没有取得平台证书（{problem}）。',
  ],
  'doctor.apiv3Key-unknown': [
    'Nothing could show that it is the merchant platform’s: there is no platform certificate to open. The first notification will: `wechatpay-wasm decrypt @notification.json`.',
    '无法证明它与商户平台上的一致：没有可以解密的平台证书。第一个回调可以证明：`wechatpay-wasm decrypt @notification.json`。',
  ],
};
