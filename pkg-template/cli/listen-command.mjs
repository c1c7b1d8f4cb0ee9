import { webUrl } from './arguments.mjs';
import { answered, duration } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { ENDING_SIGNALS } from './run-command.mjs';
import { openSandbox, SANDBOX_HELP, SANDBOX_OPTION } from './running-sandbox.mjs';
import { goOnUnread, printable, say } from './talk.mjs';

const SPEED = 1000;

const help = `wechatpay-wasm listen [--to URL] [--speed N]

Prints what your handler answers to each notification of a running sandbox, until Ctrl+C. A notification is
sent again until the handler answers 200 or 204, within 5 s, or it is given up. WeChat Pay sends it 16 times
within 24 hours and 4 minutes, with pauses of 15 s, 15 s, 30 s, 3 min, 10 min, 20 min, 30 min, 30 min,
30 min, 60 min, 3 h, 3 h, 3 h, 6 h and 6 h. Meanwhile the sandbox makes them shorter by --speed.

Options:
  --to URL          sends notifications here whose notify_url is not of this machine or its network, such
                    as https://merchant.example/notify
  --speed N         how many times faster than WeChat Pay: 1 is as slow, ${SPEED} (default) takes 87 s in all
${SANDBOX_HELP}
  --help            shows this text

Examples:
  wechatpay-wasm listen --to http://localhost:3000/notify
  wechatpay-wasm listen --speed 10 --sandbox http://127.0.0.1:8080
`;

export const listenCommand = {
  name: 'listen',
  get summary() {
    return told('summary.listen');
  },
  help,
  options: { to: { type: 'string' }, speed: { type: 'string' }, ...SANDBOX_OPTION },
  async run({ values, positionals }) {
    if (positionals.length > 0) throw new UsageError('`listen` takes options alone.');
    const to = values.to === undefined ? undefined : webUrl('--to', values.to);
    const speed = parseSpeed(values.speed ?? String(SPEED));
    const sandbox = await openSandbox(values.sandbox);
    goOnUnread();
    const stop = new AbortController();
    for (const signal of ENDING_SIGNALS) process.once(signal, () => stop.abort());
    await sandbox.stream('listen', { to, speed }, { signal: stop.signal, onEvent: print });
    if (!stop.signal.aborted) throw new Failure('The sandbox has ended.');
    return 0;
  },
};

function parseSpeed(text) {
  const speed = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && speed >= 1 && speed <= 1_000_000) return speed;
  throw new UsageError('--speed must be a number from 1 to 1000000.');
}

/**
 * Prints one attempt, as the control API tells of it.
 *
 * @param {string} name of the event
 * @param {{ eventType: string, url: string, number: number, delivered: boolean, pause?: number,
 *   speed: number }} attempt `pause` is WeChat Pay's until the next attempt, in seconds
 */
function print(name, attempt) {
  if (name === 'listening') say('Listening until Ctrl+C.');
  if (name !== 'attempt') return;
  const { eventType, url, number, delivered, pause, speed } = attempt;
  const next =
    pause === undefined
      ? 'given up'
      : `again in ${duration(pause / speed)} (WeChat Pay: ${duration(pause)})`;
  const line = `${eventType} to ${url}: attempt ${number}: ${answered(attempt)}`;
  process.stdout.write(`${printable(line)}; ${delivered ? 'the handler has it' : next}\n`);
}
