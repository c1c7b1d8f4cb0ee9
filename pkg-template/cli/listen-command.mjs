import { webUrl } from './arguments.mjs';
import { answered, duration } from './delivery-lines.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { ENDING_SIGNALS } from './run-command.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';
import { printable, say } from './talk.mjs';

const SPEED = 1000;

export const listenCommand = {
  name: 'listen',
  get summary() {
    return told('summary.listen');
  },
  get help() {
    return told('help.listen', { sandbox: told('help.sandbox-option'), speed: SPEED });
  },
  options: { to: { type: 'string' }, speed: { type: 'string' }, ...SANDBOX_OPTION },
  async run({ values, positionals }) {
    if (positionals.length > 0) throw new UsageError(told('options-alone'));
    const to = values.to === undefined ? undefined : webUrl('--to', values.to);
    const speed = parseSpeed(values.speed ?? String(SPEED));
    const sandbox = await openSandbox(values.sandbox);
    const stop = new AbortController();
    for (const signal of ENDING_SIGNALS) process.once(signal, () => stop.abort());
    await sandbox.stream('listen', { to, speed }, { signal: stop.signal, onEvent: print });
    if (!stop.signal.aborted) throw new Failure(told('sandbox-ended'));
    return 0;
  },
};

function parseSpeed(text) {
  const speed = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && speed >= 1 && speed <= 1_000_000) return speed;
  throw new UsageError(told('speed'));
}

/**
 * Prints one attempt, as the control API tells of it.
 *
 * @param {string} name of the event
 * @param {{ eventType: string, url: string, number: number, delivered: boolean, pause?: number,
 *   speed: number }} attempt `pause` is WeChat Pay's until the next attempt, in seconds
 */
function print(name, attempt) {
  if (name === 'listening') say(told('listening'));
  if (name !== 'attempt') return;
  const { eventType, url, number, delivered, pause, speed } = attempt;
  const next =
    pause === undefined
      ? told('given-up')
      : told('again', { pause: duration(pause / speed), real: duration(pause) });
  const line = told('attempt', { eventType, url, number, answer: answered(attempt) });
  process.stdout.write(`${printable(line)}; ${delivered ? told('has-it') : next}\n`);
}
