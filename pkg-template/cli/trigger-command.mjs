import { webUrl, wholeNumber } from './arguments.mjs';
import { tellDelivery } from './delivery-lines.mjs';
import { documentedEvent, documentedEvents } from './event-catalogue.mjs';
import { eventFields } from './event-fields.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

export const triggerCommand = {
  name: 'trigger',
  get summary() {
    return told('summary.trigger');
  },
  get help() {
    return told('help.trigger', { sandbox: told('help.sandbox-option') });
  },
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
    if (positionals.length > 1) throw new UsageError(told('one-event'));
    const [name] = positionals;
    if (list) return listEvents(name);
    if (name === undefined) {
      throw new UsageError(told('name-event'));
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
  say(told('no-such-event', { word }));
  return 1;
}
