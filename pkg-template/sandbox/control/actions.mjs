import { shownAttempt } from './shown.mjs';

/**
 * What can be done by the control API, by the path: each calls a method of the sandbox, and gives what the
 * response has.
 *
 * @type {Record<string, (sandbox: import('../../sandbox.d.ts').Sandbox, body: object) => object | Promise<object>>}
 */
export const ACTIONS = {
  pay: async (sandbox, { outTradeNo }) => delivered(await sandbox.pay(text({ outTradeNo }))),
  'confirm-transfer': async (sandbox, { outBillNo }) =>
    delivered(await sandbox.confirmTransfer(text({ outBillNo }))),
  'terminate-contract': (sandbox, { contractId }) => {
    sandbox.terminateContract(text({ contractId }));
    return {};
  },
  async trigger(sandbox, { eventType, to, fields = {}, maxAttempts, signedBy, ...others }) {
    refuseUnknown(others, ['eventType', 'to', 'fields', 'maxAttempts', 'signedBy']);
    if (!isObject(fields)) throw new TypeError('fields must be an object');
    const given = { ...fields, ...(to === undefined ? {} : { to }) };
    const options = { maxAttempts, signedBy };
    return delivered(await sandbox.trigger(text({ eventType }), given, options));
  },
  respond: (sandbox, { method, path, response, ...others }) => {
    refuseUnknown(others, ['method', 'path', 'response']);
    // JSON has no undefined: null takes the response away.
    sandbox.respond(method, path, response ?? undefined);
    return {};
  },
  faults: (sandbox, faults) => {
    sandbox.faults = faults;
    return { faults: sandbox.faults ?? {} };
  },
};

function delivered(delivery) {
  if (delivery === undefined) return { delivery: null };
  const { eventType, url, delivered, attempts } = delivery;
  return { delivery: { eventType, url, delivered, attempts: attempts.map(shownAttempt) } };
}

function text(member) {
  const [[name, value]] = Object.entries(member);
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a text`);
  return value;
}

function refuseUnknown(others, known) {
  const [name] = Object.keys(others);
  if (name !== undefined)
    throw new TypeError(`unknown member ${name} (known: ${known.join(', ')})`);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
