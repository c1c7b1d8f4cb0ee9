// What --help prints of the sandbox's commands.

export const SANDBOX_HELP = {
  'help.sandbox-option': [
    `  --sandbox URL     the sandbox, such as http://127.0.0.1:8080 (default: WECHATPAY_BASE_URL in the
                    environment, in .env or in .dev.vars)`,
    `  --sandbox URL     沙箱地址，例如 http://127.0.0.1:8080（默认取环境变量、.env 或 .dev.vars 中的
                    WECHATPAY_BASE_URL）`,
  ],
  'help.response': [
    `  METHOD /path CODE              an error by its documented code
  METHOD /path STATUS CODE       with another status
  METHOD /path STATUS            any response of this status
  METHOD /path {"body": {…}}     or whatever \`sandbox.respond\` takes, as JSON
  … times=N                      for the next N calls alone`,
    `  METHOD /path CODE              文档中的错误码
  METHOD /path STATUS CODE       使用另一个状态码
  METHOD /path STATUS            该状态码的任意应答
  METHOD /path {"body": {…}}     或 \`sandbox.respond\` 接受的任意内容，JSON
  … times=N                      只对接下来的 N 次请求`,
  ],
  'help.sandbox': [
    `wechatpay-wasm sandbox [options] [--] [command args…]

Starts a local WeChat Pay on 127.0.0.1 and runs the command. The sandbox checks calls as WeChat Pay
does. The command's environment configures its client for the sandbox: WECHATPAY_MCHID,
WECHATPAY_SERIAL, WECHATPAY_CERT, WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY_ID,
WECHATPAY_PUBLIC_KEY, WECHATPAY_APIV3_KEY and WECHATPAY_BASE_URL. When the command ends, the sandbox
ends with the same exit code. Without a command it prints these variables as a dotenv file and runs
until Ctrl+C. It also ends with the process that started it.

It prints one line to stderr for every request, and one for every notification that it sent.

Options:
  --port N          the port to listen on (default: a free port)
  --merchant KIND   what the merchant verifies signatures with: public-key (default), certificates,
                    or migrating, which has both. With certificates, WECHATPAY_CERTS=auto takes the
                    place of the public key: the client downloads the certificates.
  --strict          refuses fields and values that WeChat Pay does not document
  --faults FAULTS   of the next calls, such as 'delay=200, tamper, times=2': drop, delay, tamper,
                    stale, unsigned, probe, status, code
  --respond TEXT    chooses the response to a path; may be given several times:
{response}
  --state PATH      keeps orders, refunds, transfers, contracts and keys in this file, readable only
                    by its owner: the next sandbox with it goes on where this one ended. Only one
                    sandbox may use it at a time.
  --write-env PATH  writes the variables to this dotenv file, readable only by its owner, and
                    removes it at the end. Without a command, the variables are then not printed.
                    The file must not exist, unless a killed sandbox left it behind.
  --allow-host HOST answers calls to this host name, too, with or without a port: a program in a
                    container calls host.docker.internal. It also answers pages of this host. May
                    be given several times.
  --bind ADDRESS    where to listen: 127.0.0.1 (default), or 0.0.0.0 in a container. Others then
                    reach the sandbox from outside, under the names of --allow-host.
  --stay            goes on when the process that started it has ended
  --help            shows this text

The sandbox keeps its RSA keys for the next start, in the cache folder of its user, readable only by
that user. WECHATPAY_SANDBOX_KEYS names another folder, and no folder if it is empty.

Examples:
  wechatpay-wasm sandbox npm test
  wechatpay-wasm sandbox --port 8080 -- node --test
  wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev
  wechatpay-wasm sandbox --respond 'POST /v3/refund/domestic/refunds NOT_ENOUGH times=1' npm test
`,
    `wechatpay-wasm sandbox [选项] [--] [命令 参数…]

在 127.0.0.1 启动本地的微信支付，并运行命令。沙箱像微信支付一样检查请求。命令的环境变量把客户端指向沙箱：
WECHATPAY_MCHID、WECHATPAY_SERIAL、WECHATPAY_CERT、WECHATPAY_PRIVATE_KEY、WECHATPAY_PUBLIC_KEY_ID、
WECHATPAY_PUBLIC_KEY、WECHATPAY_APIV3_KEY 和 WECHATPAY_BASE_URL。命令结束时沙箱以相同的退出码结束。没有命令时，
以 dotenv 格式输出这些变量，并运行到 Ctrl+C。启动它的进程结束时，沙箱也会结束。

每个请求和每个已发送的回调都在 stderr 输出一行。

选项：
  --port N          监听的端口（默认：空闲端口）
  --merchant KIND   商户用什么验签：public-key（默认）、certificates，或兼有两者的 migrating。
                    使用 certificates 时，以 WECHATPAY_CERTS=auto 代替公钥：由客户端下载证书。
  --strict          拒绝微信支付文档中没有的字段和值
  --faults FAULTS   后续请求的故障，例如 'delay=200, tamper, times=2'：drop、delay、tamper、
                    stale、unsigned、probe、status、code
  --respond TEXT    指定某路径的应答，可以多次给出：
{response}
  --state PATH      把订单、退款、转账、签约和密钥保存在该文件中，只有所有者可读：下一个沙箱从此继续。
                    同一时间只能有一个沙箱使用它。
  --write-env PATH  把变量写入该 dotenv 文件，只有所有者可读，结束时删除。没有命令时不再输出变量。
                    文件不能已存在，除非是被强制结束的沙箱留下的。
  --allow-host HOST 也应答发给该主机名的请求，可带端口：容器中的程序访问 host.docker.internal。
                    也应答该主机的网页。可以多次给出。
  --bind ADDRESS    监听的地址：127.0.0.1（默认），在容器中为 0.0.0.0。外部可用 --allow-host 的名字访问。
  --stay            启动它的进程结束后继续运行
  --help            显示本说明

沙箱把 RSA 密钥保存在用户的缓存目录中，只有该用户可读，供下次启动使用。WECHATPAY_SANDBOX_KEYS 可指定另一个目录，
为空则不保存。

示例：
  wechatpay-wasm sandbox npm test
  wechatpay-wasm sandbox --port 8080 -- node --test
  wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev
  wechatpay-wasm sandbox --respond 'POST /v3/refund/domestic/refunds NOT_ENOUGH times=1' npm test
`,
  ],
  'help.trigger': [
    `wechatpay-wasm trigger EVENT [--to URL] [--field PATH=VALUE]… [--json JSON|@FILE]
wechatpay-wasm trigger --list [WORD]

Has a running sandbox send an event to your handler, signed and encrypted with the sandbox's keys. The event
is completed from sample values. If it tells of an order, a refund or a transfer that the sandbox knows, it
has their values, and happens: the order is paid, the transfer confirmed.

The result is printed as JSON. The exit code is 0 if the handler has the notification (status 200 or 204).

Options:
  --to URL          where it is sent (default: the notify_url of the order, refund or transfer; or
                    where \`wechatpay-wasm listen --to\` takes it)
  --field PATH=VALUE
                    a field of the resource, such as out_trade_no=ORDER_1 or amount.total=100. Its type
                    is that of the sample. PATH:=JSON sets anything else. May be given several times.
  --json JSON       the fields as JSON, or @FILE; @- is stdin
  --attempts N      how often it is sent until the handler has it, 1 to 16 (default: 1)
{sandbox}
  --list            lists the events, with what WeChat Pay calls them; with WORD, those that have it
  --help            shows this text

Examples:
  wechatpay-wasm trigger TRANSACTION.SUCCESS --to http://localhost:3000/notify
  wechatpay-wasm trigger TRANSACTION.SUCCESS --field out_trade_no=ORDER_1
  wechatpay-wasm trigger REFUND.SUCCESS --to http://localhost:3000/notify --field amount.refund=1
  wechatpay-wasm trigger --list REFUND
`,
    `wechatpay-wasm trigger 事件 [--to URL] [--field 路径=值]… [--json JSON|@文件]
wechatpay-wasm trigger --list [关键词]

让运行中的沙箱向你的程序发送事件，用沙箱的密钥签名和加密。事件以示例值补全。如果事件涉及沙箱已知的订单、退款
或转账，则使用其中的值，并且真的发生：订单已支付，转账已确认。

结果以 JSON 输出。程序收到回调（状态码 200 或 204）时退出码为 0。

选项：
  --to URL          发送到哪里（默认：订单、退款或转账的 notify_url，或 \`wechatpay-wasm listen --to\` 指定的地址）
  --field 路径=值   资源的字段，例如 out_trade_no=ORDER_1 或 amount.total=100，类型与示例相同。
                    路径:=JSON 可设置任意值。可以多次给出。
  --json JSON       以 JSON 给出字段，或 @文件；@- 表示 stdin
  --attempts N      发送多少次直到程序收到，1 到 16（默认 1）
{sandbox}
  --list            列出事件及微信支付的名称；给出关键词时只列出包含它的事件
  --help            显示本说明

示例：
  wechatpay-wasm trigger TRANSACTION.SUCCESS --to http://localhost:3000/notify
  wechatpay-wasm trigger TRANSACTION.SUCCESS --field out_trade_no=ORDER_1
  wechatpay-wasm trigger REFUND.SUCCESS --to http://localhost:3000/notify --field amount.refund=1
  wechatpay-wasm trigger --list REFUND
`,
  ],
  'help.pay': [
    `wechatpay-wasm pay OUT_TRADE_NO

Pays an order of a running sandbox, as its user would; a combined order by its combine_out_trade_no. The
order is then SUCCESS. Its notification is sent to its notify_url until the handler has it or the sandbox
gives up. What became of it is printed as JSON, null if there is no notify_url.

The exit code is 0 if the order is paid, whatever the handler did.

Options:
{sandbox}
  --help            shows this text

Example:
  wechatpay-wasm pay ORDER_1 --sandbox http://127.0.0.1:8080
`,
    `wechatpay-wasm pay OUT_TRADE_NO

在运行中的沙箱里支付订单，如同用户付款；合单以 combine_out_trade_no 给出。订单随后为 SUCCESS。回调发送到其
notify_url，直到程序收到或沙箱放弃。结果以 JSON 输出，没有 notify_url 时为 null。

订单支付成功时退出码为 0，与程序的应答无关。

选项：
{sandbox}
  --help            显示本说明

示例：
  wechatpay-wasm pay ORDER_1 --sandbox http://127.0.0.1:8080
`,
  ],
  'help.confirm': [
    `wechatpay-wasm confirm OUT_BILL_NO

Confirms a transfer of a running sandbox that waits for its user (WAIT_USER_CONFIRM), as the user would. The
transfer is then SUCCESS. Its notification is sent to its notify_url until the handler has it or the sandbox
gives up. What became of it is printed as JSON, null if there is no notify_url.

The exit code is 0 if the transfer is confirmed, whatever the handler did.

Options:
{sandbox}
  --help            shows this text

Example:
  wechatpay-wasm confirm BILL_1 --sandbox http://127.0.0.1:8080
`,
    `wechatpay-wasm confirm OUT_BILL_NO

在运行中的沙箱里确认等待用户的转账（WAIT_USER_CONFIRM），如同用户确认。转账随后为 SUCCESS。回调发送到其
notify_url，直到程序收到或沙箱放弃。结果以 JSON 输出，没有 notify_url 时为 null。

转账确认成功时退出码为 0，与程序的应答无关。

选项：
{sandbox}
  --help            显示本说明

示例：
  wechatpay-wasm confirm BILL_1 --sandbox http://127.0.0.1:8080
`,
  ],
  'help.listen': [
    `wechatpay-wasm listen [--to URL] [--speed N]

Prints what your handler answers to each notification of a running sandbox, until Ctrl+C. A notification is
sent again until the handler answers 200 or 204, within 5 s, or it is given up. WeChat Pay sends it 16 times
within 24 hours and 4 minutes, with pauses of 15 s, 15 s, 30 s, 3 min, 10 min, 20 min, 30 min, 30 min,
30 min, 60 min, 3 h, 3 h, 3 h, 6 h and 6 h. Meanwhile the sandbox makes them shorter by --speed.

Options:
  --to URL          sends notifications here whose notify_url is not of this machine or its network, such
                    as https://merchant.example/notify
  --speed N         how many times faster than WeChat Pay: 1 is as slow, {speed} (default) takes 87 s in all
{sandbox}
  --help            shows this text

Examples:
  wechatpay-wasm listen --to http://localhost:3000/notify
  wechatpay-wasm listen --speed 10 --sandbox http://127.0.0.1:8080
`,
    `wechatpay-wasm listen [--to URL] [--speed N]

显示你的程序对运行中沙箱的每个回调的应答，直到 Ctrl+C。程序须在 5 秒内应答 200 或 204，否则会重发，直到放弃。
微信支付在 24 小时 4 分钟内发送 16 次，间隔为 15 秒、15 秒、30 秒、3 分、10 分、20 分、30 分、30 分、30 分、
60 分、3 小时、3 小时、3 小时、6 小时、6 小时。在此期间沙箱按 --speed 缩短间隔。

选项：
  --to URL          notify_url 不在本机或本网络的回调改发到这里，例如 https://merchant.example/notify
  --speed N         比微信支付快多少倍：1 为相同速度，默认 {speed}，全程 87 秒
{sandbox}
  --help            显示本说明

示例：
  wechatpay-wasm listen --to http://localhost:3000/notify
  wechatpay-wasm listen --speed 10 --sandbox http://127.0.0.1:8080
`,
  ],
  'help.respond': [
    `wechatpay-wasm respond METHOD /path RESPONSE

Chooses how a running sandbox responds to the next calls of a path that pass its checks:
{response}
  METHOD /path none              no longer what was chosen for it

The path may have {variables}.

Options:
{sandbox}
  --help            shows this text

Examples:
  wechatpay-wasm respond POST /v3/refund/domestic/refunds NOT_ENOUGH
  wechatpay-wasm respond POST /v3/refund/domestic/refunds none
  wechatpay-wasm respond GET '/v3/pay/transactions/out-trade-no/{out_trade_no}' 404 ORDER_NOT_EXIST times=1
`,
    `wechatpay-wasm respond METHOD /path RESPONSE

指定运行中的沙箱对某路径后续通过检查的请求的应答：
{response}
  METHOD /path none              取消之前的指定

路径可以含有 {variables}。

选项：
{sandbox}
  --help            显示本说明

示例：
  wechatpay-wasm respond POST /v3/refund/domestic/refunds NOT_ENOUGH
  wechatpay-wasm respond POST /v3/refund/domestic/refunds none
  wechatpay-wasm respond GET '/v3/pay/transactions/out-trade-no/{out_trade_no}' 404 ORDER_NOT_EXIST times=1
`,
  ],
  'help.faults': [
    `wechatpay-wasm faults FAULTS
wechatpay-wasm faults none

Sets the faults of a running sandbox's next calls, in place of those of before, and prints them as JSON.

  drop              the connection ends without a response
  delay=200         the response comes so many milliseconds later
  tamper            a byte of the response is changed after it was signed
  stale             the signature is too old
  unsigned          the response has no signature
  probe             the signature is a probe of WeChat Pay's (WECHATPAY/SIGNTEST/…)
  status=503        the call is refused with this status
  code=NOT_ENOUGH   the call is refused with this code
  times=2           for so many calls

Options:
{sandbox}
  --help            shows this text

Examples:
  wechatpay-wasm faults 'delay=200, tamper, times=2'
  wechatpay-wasm faults none
`,
    `wechatpay-wasm faults 故障
wechatpay-wasm faults none

设置运行中沙箱后续请求的故障，代替之前的设置，并以 JSON 输出。

  drop              断开连接，没有应答
  delay=200         应答延迟若干毫秒
  tamper            签名之后改动应答的一个字节
  stale             签名过旧
  unsigned          应答没有签名
  probe             签名是微信支付的探测（WECHATPAY/SIGNTEST/…）
  status=503        以该状态码拒绝请求
  code=NOT_ENOUGH   以该错误码拒绝请求
  times=2           持续多少次请求

选项：
{sandbox}
  --help            显示本说明

示例：
  wechatpay-wasm faults 'delay=200, tamper, times=2'
  wechatpay-wasm faults none
`,
  ],
};
