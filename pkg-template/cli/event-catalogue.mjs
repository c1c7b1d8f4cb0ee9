import { createRequire } from 'node:module';
import { told } from './language.mjs';
import { nearest } from './nearest.mjs';
import { UsageError } from './problems.mjs';

/**
 * The events that WeChat Pay documents, by their names, from the file beside the command.
 *
 * @returns {Record<string, { summary?: string, originalType?: string, resource: object }>}
 */
export function documentedEvents() {
  return createRequire(import.meta.url)('./events.json');
}

/**
 * Finds an event by its name.
 *
 * @param {string} type
 * @throws {UsageError} that names the nearest event
 */
export function documentedEvent(type) {
  const events = documentedEvents();
  if (Object.hasOwn(events, type)) return events[type];
  const names = Object.keys(events);
  const near = nearest(type, names);
  const family = names.filter((name) => name.startsWith(`${type.split('.')[0].toUpperCase()}.`));
  const list = family.length > 0 ? 'event-family' : 'event-list';
  const hint = near
    ? told('event-meant', { name: near })
    : told(list, { names: family.join(', ') });
  throw new UsageError(told('no-event', { type, hint }));
}
