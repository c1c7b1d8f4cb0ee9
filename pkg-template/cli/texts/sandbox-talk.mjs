// What the sandbox's commands say while they run.

export const SANDBOX_TALK = {
  'whole-number': [
    '{name} must be a whole number from {least} to {most}.',
    '{name} 必须是 {least} 到 {most} 的整数。',
  ],
  'web-url': [
    '{name} must be a URL of http or https, such as http://localhost:3000/notify.',
    '{name} 必须是 http 或 https 的 URL，例如 http://localhost:3000/notify。',
  ],
  'one-transfer': ['Name one transfer by its out_bill_no.', '请以 out_bill_no 给出一笔转账。'],
  confirmed: ['The transfer is confirmed.', '转账已确认。'],
  'no-notify-url': ['There is no notify_url.', '没有 notify_url。'],
  attempt: [
    '{eventType} to {url}: attempt {number}: {answer}',
    '{eventType} 发往 {url}：第 {number} 次：{answer}',
  ],
  'handler-has-it': ['The handler has it.', '程序已收到。'],
  'handler-lacks-it': ['The handler does not have it.', '程序没有收到。'],
  'no-answer': ['no answer', '没有应答'],
  'no-event': [
    'WeChat Pay documents no event "{type}".{hint}',
    '微信支付文档中没有事件 "{type}"。{hint}',
  ],
  'event-meant': [' Did you mean {name}?', ' 是不是 {name}？'],
  'event-list': [
    ' `wechatpay-wasm trigger --list` lists all.',
    ' `wechatpay-wasm trigger --list` 列出全部事件。',
  ],
  'event-family': [
    ' `wechatpay-wasm trigger --list` lists all; of this family there are {names}.',
    ' `wechatpay-wasm trigger --list` 列出全部事件；同类事件有 {names}。',
  ],
  'field-form': [
    '--field is written such as amount.total=100, or note:=null for JSON.',
    '--field 的写法是 amount.total=100，JSON 则是 note:=null。',
  ],
  'json-object': ['--json must be an object.', '--json 必须是对象。'],
  'field-number': ['--field: {path} must be a number.', '--field：{path} 必须是数字。'],
  'field-boolean': [
    '--field: {path} must be true or false.',
    '--field：{path} 必须是 true 或 false。',
  ],
  'name-faults': [
    'Name the faults, such as `drop, times=1`; or none.',
    '请给出故障，例如 `drop, times=1`，或 none。',
  ],
  'faults-form': [
    'Faults are written such as `delay=200, tamper, times=2`.',
    '故障的写法是 `delay=200, tamper, times=2`。',
  ],
  'fault-twice': ['Faults have {name} twice.', '故障 {name} 给出了两次。'],
  'options-alone': ['`listen` takes options alone.', '`listen` 只接受选项。'],
  'sandbox-ended': ['The sandbox has ended.', '沙箱已结束。'],
  speed: ['--speed must be a number from 1 to 1000000.', '--speed 必须是 1 到 1000000 的数字。'],
  listening: ['Listening until Ctrl+C.', '正在监听，Ctrl+C 结束。'],
  'given-up': ['given up', '已放弃'],
  again: ['again in {pause} (WeChat Pay: {real})', '{pause} 后重发（微信支付：{real}）'],
  'has-it': ['the handler has it', '程序已收到'],
  'one-order': ['Name one order by its out_trade_no.', '请以 out_trade_no 给出一个订单。'],
  paid: ['The order is paid.', '订单已支付。'],
  responds: ['The sandbox responds so to {method} {path}.', '沙箱将这样应答 {method} {path}。'],
  'response-json': ['The response is no JSON.', '应答不是 JSON。'],
  'response-form': [
    'A response is written in one of these ways:\n{ways}',
    '应答的写法有以下几种：\n{ways}',
  ],
  'parent-ended': [
    'The process that started the sandbox has ended, so it ends, too: see --stay.',
    '启动沙箱的进程已结束，沙箱随之结束：参见 --stay。',
  ],
  listens: ['The sandbox listens on {url} until Ctrl+C.', '沙箱正在 {url} 上监听，Ctrl+C 结束。'],
  'port-in-use': [
    'Port {port} is in use: choose another one, or omit --port.',
    '端口 {port} 已被占用：请换一个，或省略 --port。',
  ],
  'port-unusable': [
    'Port {port} cannot be used ({code}): choose another one, or omit --port.',
    '端口 {port} 无法使用（{code}）：请换一个，或省略 --port。',
  ],
  'option-refused': ['--{option}: {problem}.', '--{option}：{problem}。'],
  'state-unusable': ['{state} cannot be used: {code}.', '{state} 无法使用：{code}。'],
  'state-foreign': [
    '{state} was not written by a sandbox: choose another path.',
    '{state} 不是由沙箱写入的：请换一个路径。',
  ],
  'env-running': [
    '{path} belongs to a running sandbox, process {pid}: choose another path, or stop that sandbox.',
    '{path} 属于运行中的沙箱（进程 {pid}）：请换一个路径，或结束那个沙箱。',
  ],
  'env-foreign': [
    '{path} already exists and was not written by a sandbox: choose another path.',
    '{path} 已存在，且不是由沙箱写入的：请换一个路径。',
  ],
  'no-command': ['Command not found: {name}.', '找不到命令：{name}。'],
  'not-run': ['{name} cannot be run: {code}.', '{name} 无法运行：{code}。'],
  'no-sandbox-url': [
    '{from} is the URL of no sandbox: it would begin with http://127.0.0.1. Start one with `wechatpay-wasm sandbox --port 8080`, and name it with --sandbox.',
    '{from} 不是沙箱的 URL：沙箱的 URL 以 http://127.0.0.1 开头。请用 `wechatpay-wasm sandbox --port 8080` 启动一个，并以 --sandbox 给出。',
  ],
  'sandbox-silent': [
    'No sandbox answers at {host} ({problem}). Start one with `wechatpay-wasm sandbox --port 8080`, and name it with --sandbox.',
    '{host} 没有沙箱应答（{problem}）。请用 `wechatpay-wasm sandbox --port 8080` 启动一个，并以 --sandbox 给出。',
  ],
  answers: ['it answers {status}', '应答为 {status}'],
  'no-control': [
    'What answers at {url} is no sandbox that can be told anything: {why}.',
    '{url} 上应答的不是可以控制的沙箱：{why}。',
  ],
  refuses: ['The sandbox refuses: {why}.', '沙箱拒绝：{why}。'],
  'which-sandbox': [
    'Which sandbox? There is neither --sandbox nor {variable}, in the environment, {files}. Start one with `wechatpay-wasm sandbox --port 8080`, and name it with --sandbox.',
    '哪个沙箱？既没有 --sandbox，环境变量和 {files} 中也没有 {variable}。请用 `wechatpay-wasm sandbox --port 8080` 启动一个，并以 --sandbox 给出。',
  ],
  or: [' or ', '、'],
  'variable-in': ['{variable} in {file}', '{file} 中的 {variable}'],
  'one-of': ['{name} must be one of {values}.', '{name} 只能是 {values}。'],
  'host-name': [
    '--allow-host must be a host name, with or without a port.',
    '--allow-host 必须是主机名，可带端口。',
  ],
  'one-event': ['Name one event.', '请只给出一个事件。'],
  'name-event': [
    'Name the event; `wechatpay-wasm trigger --list` lists all.',
    '请给出事件；`wechatpay-wasm trigger --list` 列出全部事件。',
  ],
  'no-such-event': ['No event has "{word}" in its name.', '没有名称包含 "{word}" 的事件。'],
};
