import { randomUUID } from 'node:crypto';
import { beijingTime } from './beijing-time.mjs';
import { encrypt } from './encrypt.mjs';
import { signedHeaders } from './signed-headers.mjs';
import { keySigner } from './signer.mjs';

const MEMBERS = [
  'eventType',
  'resourceType',
  'summary',
  'originalType',
  'associatedData',
  'resource',
  'signedBy',
];
const SIGNERS = ['public-key', 'certificate'];

/**
 * Makes a notification as WeChat Pay would send it (doc 4014591539). The resource is encrypted with
 * the APIv3 key, and the body that contains it is signed.
 *
 * @param {import('../sandbox.d.ts').SandboxEvent} event
 * @param {object} merchant
 * @param {number} now seconds
 * @returns {import('../sandbox.d.ts').SandboxNotification}
 */
export function makeNotification(event, merchant, now) {
  const { eventType, resourceType, summary, originalType, associatedData, resource, signedBy } =
    parseEvent(event);
  const signer = signerNamed(signedBy, merchant);
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: beijingTime(now),
    resource_type: resourceType,
    event_type: eventType,
    summary,
    resource: {
      original_type: originalType,
      ...encrypt(JSON.stringify(resource), associatedData, merchant.apiv3Key),
    },
  });
  return Object.freeze({
    headers: Object.freeze({
      'Content-Type': 'application/json',
      ...signedHeaders(Buffer.from(body), signer, now),
    }),
    body,
  });
}

function signerNamed(signedBy, merchant) {
  const key = keySigner(merchant);
  if (signedBy === undefined) return key ?? merchant.certificates.signer;
  const signer = signedBy === 'certificate' ? merchant.certificates?.signer : key;
  return signer ?? fail(`this merchant has no ${signedBy}: see \`merchant\` of createSandbox`);
}

function parseEvent(event) {
  if (typeof event !== 'object' || event === null) fail('the event must be an object');
  const unknown = Object.keys(event).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) {
    fail(`unknown member ${unknown.join(', ')} of the event (it knows ${MEMBERS.join(', ')})`);
  }
  const { eventType, resource } = event;
  if (typeof eventType !== 'string' || eventType === '') fail('eventType must be a string');
  if (typeof resource !== 'object' || resource === null) fail('resource must be an object');
  const {
    resourceType = 'encrypt-resource',
    summary = eventType,
    // As documented: the type of TRANSACTION.SUCCESS is transaction, that of REFUND.CLOSED is
    // refund.
    originalType = eventType.split('.')[0].toLowerCase(),
    // The documents do not define the value. Notifications that developers published have this one.
    associatedData = originalType,
    signedBy,
  } = event;
  const texts = { resourceType, summary, originalType, associatedData };
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value !== 'string') fail(`${name} must be a string`);
  }
  if (signedBy !== undefined && !SIGNERS.includes(signedBy))
    fail(`signedBy must be one of ${SIGNERS.join(', ')}`);
  return { eventType, resource, signedBy, ...texts };
}

function fail(problem) {
  throw new TypeError(`sandbox.notification: ${problem}`);
}
