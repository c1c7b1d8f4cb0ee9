// The events of the catalogue, each with a resource of sample values: what the sandbox's `trigger` completes
// a notification from. Not everything that a resource may have is in one notification.

/** What a resource lacks that names a direct merchant: it is of a partner, or of a combined order. */
const OF_OTHERS = ['sp_mchid', 'sub_mchid', 'combine_mchid', 'combine_payer_info', 'sub_orders'];

/** What TRANSACTION.SUCCESS has in a car park alone. */
const OF_CAR_PARKS = ['user_repaid', 'trade_scene', 'parking_info'];

const BY_FORMAT = {
  rfc3339: '2018-06-08T10:34:56+08:00',
  date: '2018-06-08',
  url: 'https://www.example.com/',
};

/**
 * @param {{ names: string[], title?: string, originalTypes: string[], resource?: object }[]} events of the
 *   catalogue
 * @returns {Record<string, { summary?: string, originalType?: string, resource: object }>}
 */
export function sampleEvents(events) {
  const all = events.flatMap(({ names, title, originalTypes, resource }) =>
    names.map((name) => [
      name,
      {
        summary: title?.replace(/\(JSON\)$/, ''),
        originalType: originalTypes[0],
        resource: resource === undefined ? {} : resourceOf(name, resource),
      },
    ]),
  );
  return Object.fromEntries(all);
}

function resourceOf(event, schema) {
  const sample = sampleOf(schema, { event, name: 'resource' });
  const isDirect = 'mchid' in sample && ('sp_mchid' in sample || 'combine_mchid' in sample);
  const omitted = [
    ...(isDirect ? OF_OTHERS : []),
    ...(event === 'TRANSACTION.SUCCESS' ? OF_CAR_PARKS : []),
  ];
  return Object.fromEntries(Object.entries(sample).filter(([name]) => !omitted.includes(name)));
}

function sampleOf(schema, { event, name }) {
  const { type, fields, items, json } = schema;
  if (json !== undefined) return JSON.stringify(sampleOf(json, { event, name }));
  if (type === 'object') {
    return Object.fromEntries(
      (fields ?? []).map((field) => [
        field.name,
        sampleOf(field.schema, { event, name: field.name }),
      ]),
    );
  }
  if (type === 'array') return [sampleOf(items, { event, name })];
  if (schema.enum !== undefined) return oneOf(schema.enum, event);
  return plainValue(schema, name);
}

// What the event's name says that happened, or a good end; or whatever comes first.
function oneOf(values, event) {
  const wanted = [...event.split(/[._]/).reverse(), 'SUCCESS', 'FINISHED'];
  return wanted.find((word) => values.includes(word)) ?? values[0];
}

function plainValue({ type, example, format, min = 1, default: usual }, name) {
  if (format in BY_FORMAT) return BY_FORMAT[format];
  const given = example ?? usual;
  if (type === 'boolean') return given === undefined ? true : String(given) === 'true';
  if (type === 'integer' || type === 'number') return given === undefined ? min : Number(given);
  if (type === 'string') return given === undefined ? name : String(given);
  return {};
}
