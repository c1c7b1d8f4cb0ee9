// What the command says while it runs, and where it is called in a wrong way.

export const TALK = {
  nothing: ['nothing', '无'],
  and: [' and ', ' 和 '],
  'no-more': ['nothing', '（无内容）'],
  'error-detail': ['{text}; {detail}', '{text}；{detail}'],
  lang: ['--lang must be one of {names}.', '--lang 只能是 {names}。'],
  'command-missing': [
    'The command is missing, such as `wechatpay-wasm sandbox`.',
    '缺少命令，例如 `wechatpay-wasm sandbox`。',
  ],
  'unknown-command': ['Unknown command "{name}"', '没有命令 "{name}"'],
  'unknown-option': ["Unknown option '--{name}'", "没有选项 '--{name}'"],
  'did-you-mean': ['; did you mean {name}?', '；是不是 {name}？'],
  'shows-how': ['`{called}` shows how it is called.', '`{called}` 显示用法。'],
  unreadable: ['{what}: {path} cannot be read: {code}.', '{what}：无法读取 {path}：{code}。'],
  unwritable: ['{path} cannot be written: {code}.', '无法写入 {path}：{code}。'],
  'no-json': [
    '{name} is no JSON: line {line}, character {character}.',
    '{name} 不是 JSON：第 {line} 行第 {character} 个字符。',
  ],
  'no-json-at-all': ['{name} is no JSON.', '{name} 不是 JSON。'],
  inexact: [
    '{name} has an integer that JavaScript cannot hold exactly. Write it as a string, if the endpoint takes one.',
    '{name} 中有 JavaScript 无法精确表示的整数。如果接口接受字符串，请写成字符串。',
  ],
  pair: ['{option} is written such as name=value.', '{option} 的写法是 name=value。'],
  'too-few': ['An argument is missing.', '缺少参数。'],
  'too-many': ['It takes at most {most} arguments beside options.', '除选项外最多 {most} 个参数。'],
  'takes-no-value': ['The option {name} takes no value.', '选项 {name} 不带值。'],
  'needs-value': [
    'The option {name} needs a value; one that begins with a dash is written {name}=VALUE.',
    '选项 {name} 需要一个值；以短横线开头的值写成 {name}=值。',
  ],
  'missing-option': ['--{option} is missing.', '缺少 --{option}。'],
  'needs-path': ['{option} needs a path.', '{option} 需要一个路径。'],
  saved: ['Saved {path}', '已保存 {path}'],
  'no-file': [
    '{path} gives no download_url. Give the path of a bill, or --hash-type and --hash-value with the download_url itself.',
    '{path} 没有返回 download_url。请给出账单接口的路径，或者给出 download_url 以及 --hash-type 和 --hash-value。',
  ],
  expired: ['It has expired: {time}.', '证书已过期：{time}。'],
  'no-certificate': [
    '{path} is no certificate. Give apiclient_cert.pem.',
    '{path} 不是证书。请给出 apiclient_cert.pem。',
  ],
  'parsed-body': [
    'The body was parsed: its bytes are lost, and a signature covers these. Keep the raw body, as text.',
    'body 已被解析，原始字节已丢失，而签名针对的正是原始字节。请以文本形式保存原始 body。',
  ],
  'missing-body': [
    'The message has no body, and a signature covers it. Keep the whole: in JSON as the member body, in text after an empty line; a body that is empty, too.',
    '报文缺少 body，而签名包含它。请保存完整的报文：JSON 中为成员 body，文本中在空行之后；body 为空时也是如此。',
  ],
  'needs-private-key': [
    'The merchant’s private key is missing: give --private-key FILE, or set WECHATPAY_PRIVATE_KEY.',
    '缺少商户私钥：请给出 --private-key 文件，或设置 WECHATPAY_PRIVATE_KEY。',
  ],
  'needs-public-key': [
    'WeChat Pay’s key is missing: give --public-key-id ID with --public-key FILE, or set WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY. A platform certificate is given under its serial number.',
    '缺少微信支付的公钥：请给出 --public-key-id 和 --public-key 文件，或设置 WECHATPAY_PUBLIC_KEY_ID 和 WECHATPAY_PUBLIC_KEY。平台证书以其序列号给出。',
  ],
  'needs-apiv3-key': [
    'The APIv3 key is missing: give --apiv3-key FILE, or set WECHATPAY_APIV3_KEY.',
    '缺少 APIv3密钥：请给出 --apiv3-key 文件，或设置 WECHATPAY_APIV3_KEY。',
  ],
  'needs-signature': [
    'That is no captured request, response or notification. Give --signature with a string.',
    '这不是抓取的请求、应答或回调。验证字符串时请给出 --signature。',
  ],
  'private-key-unreadable': [
    'The merchant’s private key cannot be read. Give apiclient_key.pem; `wechatpay-wasm doctor --offline` says what is wrong with it.',
    '无法读取商户私钥。请给出 apiclient_key.pem；`wechatpay-wasm doctor --offline` 会说明问题所在。',
  ],
  'public-key-unreadable': [
    'The public key or certificate cannot be read. `wechatpay-wasm doctor --offline` says what is wrong with it.',
    '无法读取公钥或证书。`wechatpay-wasm doctor --offline` 会说明问题所在。',
  ],
  'apiv3-key-length': [
    'The APIv3 key must have 32 bytes, not {length}. Copy it anew from the merchant platform.',
    'APIv3密钥必须是 32 字节，而不是 {length} 字节。请从商户平台重新复制。',
  ],
  'not-decrypted': [
    'It cannot be decrypted: the APIv3 key is another one, or ciphertext, nonce or associated_data were changed.',
    '无法解密：APIv3密钥不对，或者 ciphertext、nonce、associated_data 被改动过。',
  ],
  'no-ciphertext': [
    'Nothing in it is encrypted: give a field, an object { ciphertext, nonce, associated_data } or a captured notification.',
    '其中没有密文：请给出加密的字段、对象 { ciphertext, nonce, associated_data } 或抓取的回调。',
  ],
  'not-verified': [
    'Decrypted. `wechatpay-wasm verify` shows whether WeChat Pay signed it.',
    '已解密。是否由微信支付签名，请用 `wechatpay-wasm verify` 验证。',
  ],
  method: ['The method must be one of {names}.', '请求方法只能是 {names}。'],
  by: ['--by must be wechatpay or merchant.', '--by 只能是 wechatpay 或 merchant。'],
  verified: ['The signature is valid.', '签名有效。'],
  refused: ['WeChat Pay refuses the request: {problem}.', '微信支付会拒绝该请求：{problem}。'],
  'not-valid': ['The signature is not valid: {problem}.', '签名未通过验证：{problem}。'],
  'wrong-signature': ['The signature is not valid.', '签名无效。'],
  'and-so': ['; ', '；'],
  unsigned: ['nobody signed it', '没有签名'],
  old: [
    'It is {age} s old. The clocks of both sides may differ by {most} s: whoever receives it now refuses it.',
    '签名距今 {age} 秒。双方允许的时差是 {most} 秒：现在收到它的一方会拒绝。',
  ],
  early: [
    'Its time is {age} s ahead of this machine’s. The clocks of both sides may differ by {most} s: whoever receives it now refuses it.',
    '签名时间比本机快 {age} 秒。双方允许的时差是 {most} 秒：现在收到它的一方会拒绝。',
  ],
  parting: [
    'The strings part in line {line} ({of}), at character {character}: the message gives {built}, and what was signed has {signed}.',
    '两个待签名串从第 {line} 行（{of}）第 {character} 个字符开始不同：按报文应为 {built}，实际签名的是 {signed}。',
  ],
  'same-start': [
    'The string is the one that WeChat Pay expected, as far as it shows that: look at the key and the serial number.',
    '字符串与微信支付给出的部分一致：请检查私钥和证书序列号。',
  ],
  'same-strings': [
    'The strings are the same: it was signed with another key, or the signature was changed.',
    '两个待签名串相同：签名用的是另一把私钥，或者签名值被改动过。',
  ],
  'request-options': [
    '--timestamp and --nonce are for a captured request: a string has its own.',
    '--timestamp 和 --nonce 只用于抓取的请求：字符串中已包含。',
  ],
  'timestamp-form': [
    '--timestamp must be whole seconds, such as 1554208460.',
    '--timestamp 必须是以秒为单位的整数，例如 1554208460。',
  ],
  'not-by-merchant': [
    'WeChat Pay signs a response or a notification, and the merchant only requests. `wechatpay-wasm verify` verifies it.',
    '应答和回调由微信支付签名，商户只签名请求。请用 `wechatpay-wasm verify` 验证它。',
  ],
  environment: ['environment', '环境变量'],
  'env-template': [
    `# The merchant: https://pay.weixin.qq.com, account centre, API security.
# Any variable may name a file instead: WECHATPAY_PRIVATE_KEY_FILE=/run/secrets/apiclient_key.pem
# In quotes, a PEM may have \\n for its line breaks. Commit no file with values.

# The merchant number.
WECHATPAY_MCHID=

# The merchant API certificate, apiclient_cert.pem. It has the serial number.
WECHATPAY_CERT_FILE=
# In its place the serial number: \`wechatpay-wasm serial apiclient_cert.pem --text\`
# WECHATPAY_SERIAL=

# The private key that belongs to it, apiclient_key.pem.
WECHATPAY_PRIVATE_KEY_FILE=

# WeChat Pay's public key, pub_key.pem, and its id, PUB_KEY_ID_…
WECHATPAY_PUBLIC_KEY_ID=
WECHATPAY_PUBLIC_KEY_FILE=
# A merchant without one downloads the platform certificates. That needs the APIv3 key.
# WECHATPAY_CERTS=auto

# The APIv3 key, 32 characters, which decrypts notifications and platform certificates.
# WECHATPAY_APIV3_KEY=

# Where requests go, if not to https://api.mch.weixin.qq.com: a sandbox, or another host of WeChat Pay's.
# WECHATPAY_BASE_URL=

# What the client logs to the console: debug, info, warn or error. Nothing by default.
# WECHATPAY_LOG=

# The language of errors: en or zh-CN. That of the environment (LC_ALL, LC_MESSAGES, LANG) by default.
# WECHATPAY_LOCALE=
`,
    `# 商户信息见 https://pay.weixin.qq.com 的账户中心 - API 安全。
# 每个变量都可以改为指定文件：WECHATPAY_PRIVATE_KEY_FILE=/run/secrets/apiclient_key.pem
# 写在引号中的 PEM 可以用 \\n 表示换行。不要提交填好值的文件。

# 商户号。
WECHATPAY_MCHID=

# 商户API证书 apiclient_cert.pem，其中含有序列号。
WECHATPAY_CERT_FILE=
# 也可以只给序列号：\`wechatpay-wasm serial apiclient_cert.pem --text\`
# WECHATPAY_SERIAL=

# 与证书配对的商户私钥 apiclient_key.pem。
WECHATPAY_PRIVATE_KEY_FILE=

# 微信支付公钥 pub_key.pem 及其 ID，PUB_KEY_ID_…
WECHATPAY_PUBLIC_KEY_ID=
WECHATPAY_PUBLIC_KEY_FILE=
# 没有微信支付公钥的商户改为下载平台证书，这需要 APIv3密钥。
# WECHATPAY_CERTS=auto

# APIv3密钥，32 个字符，用于解密回调和平台证书。
# WECHATPAY_APIV3_KEY=

# 请求的地址，默认 https://api.mch.weixin.qq.com：可以是沙箱，或微信支付的其他域名。
# WECHATPAY_BASE_URL=

# 客户端在控制台输出的日志级别：debug、info、warn 或 error。默认不输出。
# WECHATPAY_LOG=

# 错误信息的语言：en 或 zh-CN。默认取自环境（LC_ALL、LC_MESSAGES、LANG）。
# WECHATPAY_LOCALE=
`,
  ],
};
