import { webUrl, wholeNumber } from './arguments.mjs';
import { tellDelivery } from './delivery-lines.mjs';
import { documentedEvent, documentedEvents } from './event-catalogue.mjs';
import { eventFields } from './event-fields.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

const help = `wechatpay-wasm trigger EVENT [--to URL] [--field PATH=VALUE]… [--json JSON|@FILE]
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
${SANDBOX_HELP}
  --list            lists the events, with what WeChat Pay calls them; with WORD, those that have it
  --help            shows this text

Examples:
  wechatpay-wasm trigger TRANSACTION.SUCCESS --to http://localhost:3000/notify
  wechatpay-wasm trigger TRANSACTION.SUCCESS --field out_trade_no=ORDER_1
  wechatpay-wasm trigger REFUND.SUCCESS --to http://localhost:3000/notify --field amount.refund=1
  wechatpay-wasm trigger --list REFUND
`;

export const triggerCommand = {
  name: 'trigger',
  get summary() {
    return told('summary.trigger');
  },
  help,
  options: {
    to: { type: 'string' },
    field: { type: 'string', multiple: true },
    json: { type: 'string' },
    attempts: { type: 'string' },
    list: { type: 'boolean' },
    ...SANDBOX_OPTION,
  },
  async run({ values, positionals }) {
    const { to, field: fields = [], json, attempts = '1', list, sandbox: url } = values;
    if (positionals.length > 1) throw new UsageError('Name one event.');
    const [name] = positionals;
    if (list) return listEvents(name);
    if (name === undefined) {
      throw new UsageError('Name the event; `wechatpay-wasm trigger --list` lists all.');
    }
    const { resource: sample } = documentedEvent(name);
    const body = {
      eventType: name,
      to: to === undefined ? undefined : webUrl('--to', to),
      fields: eventFields({ json, fields, sample }),
      maxAttempts: wholeNumber('--attempts', attempts, 1, 16),
    };
    const sandbox = await openSandbox(url);
    const { delivery } = await sandbox.post('trigger', body);
    tellDelivery(delivery);
    return delivery.delivered ? 0 : 1;
  },
};

function listEvents(word = '') {
  const events = Object.entries(documentedEvents());
  const width = Math.max(...events.map(([name]) => name.length)) + 2;
  const lines = events
    .map(([name, { summary = '' }]) => `${name.padEnd(width)}${summary}`.trimEnd())
    .filter((line) => line.toUpperCase().includes(word.toUpperCase()))
    .sort();
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  if (lines.length > 0) return 0;
  say(`No event has "${word}" in its name.`);
  return 1;
}
