// The events of notifications → a map from their names to their resources.

import { comment, property } from './literals.mjs';
import { documentation } from './operations.mjs';

/** The members of the map. An event that two pages describe has the fields of both. */
export function resourcesOf(events, shapes) {
  const byName = new Map();
  for (const event of events) {
    for (const name of event.names) byName.set(name, [...(byName.get(name) ?? []), event]);
  }
  return [...byName].map(([name, described]) => {
    const types = described.map(({ resource }) => resourceOf(name, resource, shapes));
    return `${commentOf(described[0])}  ${property(name)}: ${[...new Set(types)].join(' & ')};`;
  });
}

function commentOf(event) {
  return event.title === undefined ? comment([]) : documentation(event);
}

function resourceOf(name, resource, shapes) {
  if (resource === undefined) return 'Record<string, unknown>';
  return shapes.typeOf(resource, { side: 'response', before: [], last: `${name} resource` });
}
