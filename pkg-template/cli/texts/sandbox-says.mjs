// What the sandbox says in English, in Chinese: it is a program's API, whose texts are English. `{}` is what
// differs from time to time.

/** What is wrong with the string that was signed, as what follows 待签名串 or stands alone. */
const STRINGS = [
  ['without its query', '待签名串缺少查询参数'],
  ['with its URL percent-decoded', '待签名串中的 URL 被百分号解码'],
  ['with its path percent-decoded', '待签名串中的路径被百分号解码'],
  ['with its query percent-decoded', '待签名串中的查询参数被百分号解码'],
  [
    'with the hexadecimal digits of its URL in lower case',
    '待签名串的 URL 中百分号编码用了小写字母',
  ],
  [
    'with the hexadecimal digits of its URL in upper case',
    '待签名串的 URL 中百分号编码用了大写字母',
  ],
  [
    'with its URL percent-encoded, as it is not sent',
    '待签名串中的 URL 做了百分号编码，而发送的没有',
  ],
  [
    'with its URL percent-encoded otherwise than it is sent',
    '待签名串中 URL 的百分号编码与发送的不同',
  ],
  ['with + for each space of its URL', '待签名串的 URL 中空格写成了 +'],
  ['with %20 for each + of its URL', '待签名串的 URL 中 + 写成了 %20'],
  ['with the parameters of its query sorted', '待签名串中的查询参数被排序'],
  ['without the ? before its query', '待签名串的查询参数前缺少 ?'],
  ['with its query in place of its URL', '待签名串中应为 URL 的一行只有查询参数'],
  ['with a ? and no query after its path', '待签名串的路径后多了 ?，而没有查询参数'],
  ['with a / at the end of its path', '待签名串的路径末尾多了 /'],
  ['without the / at the beginning of its path', '待签名串的路径开头缺少 /'],
  ['with two / at the beginning of its path', '待签名串的路径开头多了一个 /'],
  ['with the whole URL in place of path and query', '待签名串用了完整的 URL，而不是路径和查询参数'],
  ['with the host before its path', '待签名串的路径前多了主机名'],
  ["with WeChat Pay's host before its path", '待签名串的路径前多了微信支付的域名'],
  ['without the /v3 of its path', '待签名串的路径缺少 /v3'],
  ['without its body', '待签名串缺少请求体'],
  ['with the whole form in place of meta', '待签名串用了整个表单，而不是 meta'],
  ['with {} for the body, which is empty', '请求体为空，而待签名串中写成了 {}'],
  ['with a line break at the end of its body', '待签名串的请求体末尾多了换行'],
  ['without the white space around its body', '待签名串的请求体去掉了首尾空白'],
  ['with other line breaks in its body', '待签名串的请求体换行符不同'],
  ['with a byte order mark before its body', '待签名串的请求体前多了 BOM'],
  ['without the byte order mark of its body', '待签名串的请求体缺少 BOM'],
  ['with [object Object] for its body', '待签名串的请求体是 [object Object]'],
  ['with undefined for its body', '待签名串的请求体是 undefined'],
  ['with its body percent-encoded', '待签名串的请求体做了百分号编码'],
  ['with its body in base64', '待签名串的请求体做了 base64 编码'],
  ['with its body serialised twice', '待签名串的请求体被序列化了两次'],
  ['with its body read as Latin-1', '待签名串的请求体按 Latin-1 读取'],
  ['with its method in lower case', '待签名串的请求方法是小写'],
  ['with the method {}, not {}', '待签名串的请求方法是 {}，而不是 {}'],
  ['with the method {}', '待签名串的请求方法是 {}'],
  ['with timestamp and nonce_str swapped', '待签名串的 timestamp 和 nonce_str 颠倒'],
  [
    'with another timestamp, {}: read the clock once',
    '待签名串的时间戳是 {}，与请求头不同：请只取一次时间',
  ],
  ['with nonce_str in lower case', '待签名串的 nonce_str 是小写'],
  ['with nonce_str in upper case', '待签名串的 nonce_str 是大写'],
  ['without nonce_str', '待签名串缺少 nonce_str'],
  ['with its timestamp in milliseconds', '待签名串的时间戳单位是毫秒'],
  ['without the line feed at its end', '待签名串末尾缺少换行符'],
  ['with a line feed too many at its end', '待签名串末尾多了一个换行符'],
  ['without its last lines', '待签名串缺少最后几行'],
  ['with CR LF at the end of each line', '待签名串每行以 CR LF 结尾'],
  ['with a backslash and an n for each line feed', '待签名串的换行符写成了反斜杠加字母 n'],
  ['without any line feed', '待签名串没有换行符'],
  ['of a response: without method and URL', '待签名串是应答的格式：缺少请求方法和 URL'],
  ['with method and URL swapped', '待签名串的请求方法和 URL 颠倒'],
];

/** The same JSON in other words: what follows `with its body serialised anew`. */
export const SERIALISED = ['with its body serialised anew', '待签名串的请求体被重新序列化'];
export const SERIALISATIONS = [
  [' and two spaces', '缩进两个空格'],
  [' and four spaces', '缩进四个空格'],
  [' and tabs', '用制表符缩进'],
  [' and the spaces of Python', '含 Python 风格的空格'],
  [' and its members sorted', '成员被排序'],
  [', in ASCII', '非 ASCII 字符被转义'],
  [', with \\/ for each /', '/ 写成 \\/'],
  [', with \\/', '/ 写成 \\/'],
  [', escaped for HTML', '按 HTML 转义'],
];

const SIGNATURES = [
  ['is in hexadecimal, not in base64', '签名值是十六进制，而不是 base64'],
  ['is in base64url, not in base64', '签名值是 base64url，而不是 base64'],
  [
    'has spaces in its base64, or not the padding of base64',
    '签名值的 base64 中有空格，或缺少填充字符',
  ],
  ['is made with {}, not with SHA-256', '签名使用了 {}，而不是 SHA-256'],
  [
    'is one of RSASSA-PSS, not of RSASSA-PKCS1-v1_5',
    '签名使用了 RSASSA-PSS，而不是 RSASSA-PKCS1-v1_5',
  ],
  ["was not made with this merchant's private key", '签名不是用该商户的私钥生成的'],
  ['signs a string that no usual mistake gives', '实际的待签名串不属于任何常见错误'],
];

const AUTHORIZATION = [
  ['the Authorization header is missing', '缺少 Authorization 头'],
  ['it has more than one Authorization header', 'Authorization 头多于一个'],
  ['the Authorization scheme is not {}', 'Authorization 的认证类型不是 {}'],
  ['the Authorization header has no fields', 'Authorization 头没有任何字段'],
  [
    'the Authorization header is not {}, each as name="value"',
    'Authorization 头的字段应为 {}，且都写成 名="值"',
  ],
  ['the Authorization header has {} twice', 'Authorization 头中 {} 出现了两次'],
  [
    'the value of {} in the Authorization header has no end',
    'Authorization 头中 {} 的值没有结束引号',
  ],
  ['no comma follows {} in the Authorization header', 'Authorization 头中 {} 之后缺少逗号'],
  ['the Authorization header has no {}', 'Authorization 头中缺少 {}'],
  ["serial_no is not {}, the merchant certificate's", 'serial_no 不是商户证书的序列号 {}'],
  ['mchid is not {}', 'mchid 不是 {}'],
  ['timestamp is not in decimal seconds', 'timestamp 不是以秒为单位的十进制数'],
  ['nonce_str is not 1 to 32 visible ASCII characters', 'nonce_str 不是 1 到 32 个可见 ASCII 字符'],
];

/** What the control API refuses, and `createSandbox`. */
const REFUSALS = [
  ['there is no combined order {}', '没有合单 {}'],
  ['there is no order {}', '没有订单 {}'],
  ['there is no transfer {}', '没有转账 {}'],
  ['there is no contract {}', '没有签约 {}'],
  ['the order {} is paid with all of {}', '订单 {} 只能随合单 {} 一起支付'],
  ['the order {} is closed', '订单 {} 已关闭'],
  ['the order {} is paid already', '订单 {} 已支付'],
  ['the order {} is not paid: there is nothing to refund', '订单 {} 未支付，无可退款'],
  ['the refund {} is CLOSED', '退款 {} 的状态是 CLOSED'],
  ['the refund {} is {}, not ABNORMAL', '退款 {} 的状态是 {}，而不是 ABNORMAL'],
  ['the transfer {} is {}, not WAIT_USER_CONFIRM', '转账 {} 的状态是 {}，而不是 WAIT_USER_CONFIRM'],
  ['unknown fault {} (it knows {})', '没有故障 {}（可用的有 {}）'],
  ['{} must be true or false', '{} 必须是 true 或 false'],
  ['{} must be a whole number from {} to {}', '{} 必须是 {} 到 {} 的整数'],
  ['{} must be a whole number from {}', '{} 必须是不小于 {} 的整数'],
  [
    '{} must be a documented code of an error, such as NOT_ENOUGH',
    '{} 必须是微信支付文档中的错误码，例如 NOT_ENOUGH',
  ],
  ['the method must be one of {}', '请求方法只能是 {}'],
  [
    'the path must begin with a slash and have no query, such as {}',
    '路径必须以斜杠开头且不含查询参数，例如 {}',
  ],
  ['the response must be an object, or undefined for none', '应答必须是对象'],
  ['unknown member {} of the response (it knows {})', '应答中没有成员 {}（可用的有 {}）'],
  [
    'headers must be an object of names and values of headers',
    'headers 必须是由头的名称和值组成的对象',
  ],
  ['give either code or body', 'code 和 body 只能给出一个'],
  ['body must be an object that JSON can represent', 'body 必须是可以表示为 JSON 的对象'],
  ['code must be a code of an error, such as NOT_ENOUGH', 'code 必须是错误码，例如 NOT_ENOUGH'],
  [
    'nobody documents a status of {}: give status, too',
    '文档中没有 {} 对应的状态码：请同时给出 status',
  ],
  ['the response needs a status, a code or a body', '应答需要 status、code 或 body'],
  ['`to` must be a URL of http or https', '`to` 必须是 http 或 https 的 URL'],
  ['to must be a URL of http or https', 'to 必须是 http 或 https 的 URL'],
  ['unknown event {} (it knows {})', '没有事件 {}（可用的有 {}）'],
  [
    'this merchant has no {}: see `merchant` of createSandbox',
    '该商户没有 {}：请看 sandbox 的 --merchant',
  ],
  [
    'allowedHosts must be an array of host names, each with or without a port, such as {}',
    'allowedHosts 必须是主机名的数组，可带端口，例如 {}',
  ],
  ['the body is larger than 64 KiB', '请求体大于 64 KiB'],
  [
    'its state file was removed, or another sandbox uses it now',
    '状态文件已被删除，或正被另一个沙箱使用',
  ],
  ['too many watch this sandbox already', '监听该沙箱的程序已经太多'],
  [
    'the page and the control API of the sandbox answer to its own machine alone',
    '沙箱的页面和控制接口只应答本机',
  ],
  [
    'the page and the control API of the sandbox answer no page but the own one',
    '沙箱的控制接口只应答沙箱自己的页面',
  ],
  ['the sandbox does not answer to the Host {}', '沙箱不应答 Host 为 {} 的请求'],
  ['the control API has no {}', '控制接口中没有 {}'],
  ['it does not answer', '没有应答'],
];

/** @type {[en: string, zhCN: string][]} */
export const SANDBOX_SAYS = [...STRINGS, ...SIGNATURES, ...AUTHORIZATION, ...REFUSALS];
