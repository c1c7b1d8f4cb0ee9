// What --help prints of each command.

export const HELP = {
  'help.main': [
    `wechatpay-wasm COMMAND [options]

{commands}

  wechatpay-wasm COMMAND --help   says how a command is called, with examples
  wechatpay-wasm --version        prints the version of the package

Each command takes --lang en or --lang zh-CN. The default is the locale's (WECHATPAY_LOCALE, LC_ALL, LANG).
Results go to stdout, as JSON, and all other talk to stderr, in colours on a terminal without NO_COLOR.

Exit codes: 0 done, 1 failed, 2 called in a wrong way. \`sandbox\` ends as the command that it runs.
`,
    `wechatpay-wasm 命令 [选项]

{commands}

  wechatpay-wasm 命令 --help      显示命令的用法和示例
  wechatpay-wasm --version        显示版本号

每个命令都接受 --lang en 或 --lang zh-CN，默认取自系统语言（WECHATPAY_LOCALE、LC_ALL、LANG）。
结果以 JSON 输出到 stdout，其他信息输出到 stderr；在终端上且未设置 NO_COLOR 时带颜色。

退出码：0 完成，1 失败，2 用法错误。\`sandbox\` 的退出码与其运行的命令相同。
`,
  ],
  'help.credentials': [
    `Credentials, each from its flag, or else the environment, or else .env (\`wechatpay-wasm env\` writes one):
  --mchid N             WECHATPAY_MCHID
  --cert FILE           WECHATPAY_CERT, apiclient_cert.pem; or --serial, WECHATPAY_SERIAL
  --private-key FILE    WECHATPAY_PRIVATE_KEY, apiclient_key.pem
  --public-key-id ID    WECHATPAY_PUBLIC_KEY_ID, with --public-key FILE, WECHATPAY_PUBLIC_KEY
  --certs auto          WECHATPAY_CERTS: downloads platform certificates
  --apiv3-key FILE      WECHATPAY_APIV3_KEY
  --base-url URL        WECHATPAY_BASE_URL
  --env PATH            another file in place of .env
  --lang en|zh-CN       the language
  --help                shows this text

Exit codes: 0 done, 1 failed, 2 called or configured in a wrong way: nothing was sent. The client's errors are
printed as JSON, too: { "error": { "name", "code", "message", … } }.`,
    `凭据依次取自选项、环境变量、.env 文件（\`wechatpay-wasm env\` 可生成模板）：
  --mchid N             WECHATPAY_MCHID
  --cert 文件           WECHATPAY_CERT，apiclient_cert.pem；或 --serial，WECHATPAY_SERIAL
  --private-key 文件    WECHATPAY_PRIVATE_KEY，apiclient_key.pem
  --public-key-id ID    WECHATPAY_PUBLIC_KEY_ID，与 --public-key 文件，WECHATPAY_PUBLIC_KEY
  --certs auto          WECHATPAY_CERTS：下载平台证书
  --apiv3-key 文件      WECHATPAY_APIV3_KEY
  --base-url URL        WECHATPAY_BASE_URL
  --env 路径            代替 .env 的文件
  --lang en|zh-CN       语言
  --help                显示本说明

退出码：0 完成，1 失败，2 用法或配置错误，未发送任何请求。客户端的错误同时以 JSON 输出：
{ "error": { "name", "code", "message", … } }。`,
  ],
  'help.call': [
    `wechatpay-wasm {name} PATH [--query NAME=VALUE]… [--json JSON|@FILE] [--include]

Signs and sends {METHOD}, verifies the response, and prints its body, exactly the text that was verified.

Options:
  --query NAME=VALUE    a parameter of the query, not percent-encoded; may be given several times
  --json JSON           the body, or @FILE; @- is stdin
  --encrypt PATH        a field of the body that is encrypted first, such as payer.name or list.*.name
  --header NAME=VALUE   a header
  -i, --include         prints { status, requestId, headers, body, data }, which \`verify\` reads

{credentials}

Examples:
{example}
`,
    `wechatpay-wasm {name} 路径 [--query 名=值]… [--json JSON|@文件] [--include]

签名并发送 {METHOD} 请求，验证应答，输出应答的 body，即通过验证的原文。

选项：
  --query 名=值         查询参数，无需百分号编码；可以多次给出
  --json JSON           请求体，或 @文件；@- 表示 stdin
  --encrypt 路径        请求体中先加密的字段，例如 payer.name 或 list.*.name
  --header 名=值        请求头
  -i, --include         输出 { status, requestId, headers, body, data }，可用 \`verify\` 验证

{credentials}

示例：
{example}
`,
  ],
  'example.get': [
    `  wechatpay-wasm get v3/pay/transactions/out-trade-no/ORDER_1 --query mchid=1900007291
  wechatpay-wasm get v3/bill/tradebill --query bill_date=2026-11-26`,
    `  wechatpay-wasm get v3/pay/transactions/out-trade-no/ORDER_1 --query mchid=1900007291
  wechatpay-wasm get v3/bill/tradebill --query bill_date=2026-11-26`,
  ],
  'example.call': [
    `  wechatpay-wasm {name} v3/refund/domestic/refunds --json @refund.json
  echo '{ "a": 1 }' | wechatpay-wasm {name} v3/some/path --json @-`,
    `  wechatpay-wasm {name} v3/refund/domestic/refunds --json @refund.json
  echo '{ "a": 1 }' | wechatpay-wasm {name} v3/some/path --json @-`,
  ],
  'help.typed': [
    `{usage}

{method}: {summary}.
The result is printed as JSON. A value may be @FILE, so that no name is in the list of processes; @- is stdin.

{credentials}

Example:
  {example}
`,
    `{usage}

{method}：{summary}。
结果以 JSON 输出。值可以写成 @文件，以免姓名出现在进程列表中；@- 表示 stdin。

{credentials}

示例：
  {example}
`,
  ],
  'help.certificates': [
    `wechatpay-wasm certificates [--save DIR]

Downloads the platform certificates, verifies and decrypts them, and prints them as JSON. It needs the APIv3
key. A merchant with WeChat Pay's public key alone has none (404 RESOURCE_NOT_EXISTS).

Options:
  --save DIR            also writes each to DIR/wechatpay_<serial>.pem

{credentials}

Example:
  wechatpay-wasm certificates --save certs
`,
    `wechatpay-wasm certificates [--save 目录]

下载平台证书，验签并解密，以 JSON 输出。需要 APIv3密钥。只有微信支付公钥的商户没有平台证书
（404 RESOURCE_NOT_EXISTS）。

选项：
  --save 目录           同时写入 目录/wechatpay_<序列号>.pem

{credentials}

示例：
  wechatpay-wasm certificates --save certs
`,
  ],
  'help.download': [
    `wechatpay-wasm download PATH|DOWNLOAD_URL --to FILE

Downloads a file. PATH is that of a bill: its response names the file and its hash. The file has its name only
once its hash is verified.

Options:
  --to FILE             where it is written
  --hash-type SHA1      of a DOWNLOAD_URL, with --hash-value
  --encrypt-key KEY     of an encrypted bill, with --nonce
  --gzip                of a DOWNLOAD_URL that was requested with tar_type=GZIP
  --unverified          for files that WeChat Pay neither signs nor hashes, such as pictures of complaints

{credentials}

Examples:
  wechatpay-wasm download 'v3/bill/tradebill?bill_date=2026-11-26' --to bill.csv
  wechatpay-wasm download /v3/merchant-service/images/ID --unverified --to image.png
`,
    `wechatpay-wasm download 路径|DOWNLOAD_URL --to 文件

下载文件。路径是账单接口的路径，其应答给出文件地址和哈希。哈希校验通过后，文件才以该名字出现。

选项：
  --to 文件             写入的位置
  --hash-type SHA1      DOWNLOAD_URL 的哈希类型，与 --hash-value 一起给出
  --encrypt-key 密钥    加密账单的密钥，与 --nonce 一起给出
  --gzip                DOWNLOAD_URL 以 tar_type=GZIP 申请
  --unverified          微信支付既不签名也不提供哈希的文件，例如投诉图片

{credentials}

示例：
  wechatpay-wasm download 'v3/bill/tradebill?bill_date=2026-11-26' --to bill.csv
  wechatpay-wasm download /v3/merchant-service/images/ID --unverified --to image.png
`,
  ],
  'help.upload': [
    `wechatpay-wasm upload PATH FILE

Uploads a picture or a video, and prints the response.

Options:
  --filename NAME       its name for WeChat Pay (default: that of FILE)
  --content-type TYPE   its media type (default: by its extension)

{credentials}

Example:
  wechatpay-wasm upload /v3/merchant/media/upload shop.jpg
`,
    `wechatpay-wasm upload 路径 文件

上传图片或视频，输出应答。

选项：
  --filename 名称       提交给微信支付的文件名（默认与文件同名）
  --content-type 类型   媒体类型（默认由扩展名决定）

{credentials}

示例：
  wechatpay-wasm upload /v3/merchant/media/upload shop.jpg
`,
  ],
  'help.sign': [
    `wechatpay-wasm sign MESSAGE|@FILE

Signs a string with the merchant's private key (RSASSA-PKCS1-v1_5 with SHA-256), and prints { signature, message }.
If FILE is a captured request, the string is made of it, with the timestamp and the nonce of its Authorization
header, or new ones. Nothing is sent.

A captured request is the text of one: \`POST /v3/… HTTP/1.1\`, headers, an empty line, body; or JSON,
{ "method", "url", "headers", "body" }, whose body is the raw text.

Options:
  --timestamp N         of a captured request, in seconds
  --nonce TEXT          of a captured request

{credentials}

Examples:
  wechatpay-wasm sign @message.txt
  wechatpay-wasm sign @request.http
`,
    `wechatpay-wasm sign 字符串|@文件

用商户私钥签名（RSASSA-PKCS1-v1_5，SHA-256），输出 { signature, message }。如果文件是抓取的请求，则由它生成
待签名串，时间戳和随机串取自其 Authorization 头，没有则新生成。不发送任何请求。

抓取的请求可以是原文：\`POST /v3/… HTTP/1.1\`、请求头、空行、请求体；也可以是 JSON，
{ "method", "url", "headers", "body" }，其中 body 是原始文本。

选项：
  --timestamp N         抓取的请求的时间戳，单位秒
  --nonce 文本          抓取的请求的随机串

{credentials}

示例：
  wechatpay-wasm sign @message.txt
  wechatpay-wasm sign @request.http
`,
  ],
  'help.verify': [
    `wechatpay-wasm verify @FILE [--against STRING|@FILE]
wechatpay-wasm verify STRING|@FILE --signature BASE64 [--by wechatpay|merchant]

Verifies a captured request with the merchant's certificate (or private key), and a captured response or
notification with WeChat Pay's public key. A wrong signature of a request tells what was signed, where that is a
usual mistake; so does one of a response whose body was serialised anew. Then it says where the two strings part.
A request for another merchant, or with another serial number, is refused, as WeChat Pay does. Nothing is sent. The
exit code is 0 if the signature is valid, 1 if it is not.

A captured message is its text: \`POST /v3/… HTTP/1.1\` or \`HTTP/1.1 200 OK\`, headers, an empty line, body; or JSON,
{ "method", "url", "status", "headers", "body" }, whose body is the raw text.

Options:
  --against STRING      the string that your program signed or verified, or @FILE: where does it part?
  --signature BASE64    the signature of a string
  --by WHOM             whose it is: wechatpay (default) or merchant

{credentials}

Examples:
  wechatpay-wasm verify @notification.http
  wechatpay-wasm verify @request.json --against @signed.txt
`,
    `wechatpay-wasm verify @文件 [--against 字符串|@文件]
wechatpay-wasm verify 字符串|@文件 --signature BASE64 [--by wechatpay|merchant]

用商户证书（或私钥）验证抓取的请求，用微信支付公钥验证抓取的应答或回调。请求签名错误时，如果是常见错误，会找出
实际签名的字符串；应答的 body 被重新序列化时也是如此，并指出两个字符串从哪里开始不同。商户号或证书序列号不符的请求
视为无效，与微信支付一致。不发送任何请求。签名有效时退出码为 0，否则为 1。

抓取的报文可以是原文：\`POST /v3/… HTTP/1.1\` 或 \`HTTP/1.1 200 OK\`、头、空行、body；也可以是 JSON，
{ "method", "url", "status", "headers", "body" }，其中 body 是原始文本。

选项：
  --against 字符串      你的程序签名或验签所用的字符串，或 @文件：从哪里开始不同？
  --signature BASE64    字符串的签名
  --by 谁               谁的签名：wechatpay（默认）或 merchant

{credentials}

示例：
  wechatpay-wasm verify @notification.http
  wechatpay-wasm verify @request.json --against @signed.txt
`,
  ],
  'help.encrypt': [
    `wechatpay-wasm encrypt TEXT|@FILE

Encrypts a field for WeChat Pay (RSAES-OAEP), and prints { ciphertext, serial }: serial is the Wechatpay-Serial of
the request. Nothing is sent.

{credentials}

Example:
  wechatpay-wasm encrypt @name.txt
`,
    `wechatpay-wasm encrypt 文本|@文件

加密敏感字段（RSAES-OAEP），输出 { ciphertext, serial }：serial 即请求头 Wechatpay-Serial 的值。不发送任何请求。

{credentials}

示例：
  wechatpay-wasm encrypt @name.txt
`,
  ],
  'help.decrypt': [
    `wechatpay-wasm decrypt CIPHERTEXT|@FILE

Decrypts a field with the merchant's private key; or, with the APIv3 key, the resource of a captured notification,
an object { ciphertext, nonce, associated_data }, or the certificates of a response. Nothing is sent, and no
signature is verified: \`wechatpay-wasm verify\` does that.

{credentials}

Examples:
  wechatpay-wasm decrypt @notification.json
  wechatpay-wasm decrypt 'base64…'
`,
    `wechatpay-wasm decrypt 密文|@文件

用商户私钥解密敏感字段；或用 APIv3密钥解密抓取的回调的 resource、对象 { ciphertext, nonce, associated_data }、
应答中的平台证书。不发送任何请求，也不验签：请用 \`wechatpay-wasm verify\`。

{credentials}

示例：
  wechatpay-wasm decrypt @notification.json
  wechatpay-wasm decrypt 'base64…'
`,
  ],
  'help.authorization': [
    `wechatpay-wasm authorization METHOD PATH [--query NAME=VALUE]… [--json JSON|@FILE]

Makes a request, and prints { authorization, message, url, body } in place of sending it: its Authorization header,
valid for 5 minutes and once, and the string that is signed. Send exactly this body, byte for byte.

{credentials}

Example:
  wechatpay-wasm authorization GET v3/certificates
`,
    `wechatpay-wasm authorization 方法 路径 [--query 名=值]… [--json JSON|@文件]

生成请求但不发送，输出 { authorization, message, url, body }：Authorization 头（5 分钟内有效，只能用一次）和待签名串。
发送时必须逐字节使用此 body。

{credentials}

示例：
  wechatpay-wasm authorization GET v3/certificates
`,
  ],
  'help.serial': [
    `wechatpay-wasm serial CERT [--text]

Prints the serial number of a certificate, its name and its validity as JSON. The name of apiclient_cert.pem is the
merchant number.

Options:
  --text                prints the serial number alone
  --help                shows this text

Example:
  wechatpay-wasm serial apiclient_cert.pem
`,
    `wechatpay-wasm serial 证书 [--text]

以 JSON 输出证书的序列号、名称和有效期。apiclient_cert.pem 的名称就是商户号。

选项：
  --text                只输出序列号
  --help                显示本说明

示例：
  wechatpay-wasm serial apiclient_cert.pem
`,
  ],
  'help.env': [
    `wechatpay-wasm env

Prints a dotenv file with every variable that the client reads, and what each is.

Example:
  wechatpay-wasm env > .env
`,
    `wechatpay-wasm env

输出 dotenv 模板，包含客户端读取的所有变量及说明。

示例：
  wechatpay-wasm env > .env
`,
  ],
  'help.doctor': [
    `wechatpay-wasm doctor [--offline]

Checks the configuration and the way to WeChat Pay, and says what to do about what is wrong. The result is printed as
JSON, { ok, checks: [{ check, status, says, mend }] }. A status is ok, warning, failed, skipped, or unknown: nothing
could show it. The exit code is 0 if no check failed.

  without the network   the variables, the number, the private key, the certificate, that both belong together, its
                        validity, WeChat Pay's public key and its id, the length of the APIv3 key
  with the network      proxy, DNS, connection, TLS, the clock against the server's, echo (WeChat Pay knows the
                        merchant), and the APIv3 key, if it can open a platform certificate

Options:
  --offline             leaves out what needs the network

{credentials}

Examples:
  wechatpay-wasm doctor
  wechatpay-wasm doctor --offline --env production.env
`,
    `wechatpay-wasm doctor [--offline]

检查配置以及到微信支付的网络，并说明如何修复。结果以 JSON 输出：{ ok, checks: [{ check, status, says, mend }] }。
status 是 ok、warning、failed、skipped 或 unknown（无法判断）。没有失败项时退出码为 0。

  无需网络    变量、商户号、私钥、证书、两者是否配对、证书有效期、微信支付公钥及其 ID、APIv3密钥的长度
  需要网络    代理、DNS、连接、TLS、与服务器的时钟差、echo（微信支付是否认识该商户），以及 APIv3密钥
              （能解开平台证书时）

选项：
  --offline             只做无需网络的检查

{credentials}

示例：
  wechatpay-wasm doctor
  wechatpay-wasm doctor --offline --env production.env
`,
  ],
};
