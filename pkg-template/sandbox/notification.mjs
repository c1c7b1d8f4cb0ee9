import { createCipheriv, randomUUID } from 'node:crypto';
import { ALPHANUMERICS, randomText } from './random-text.mjs';
import { signedHeaders } from './signed-headers.mjs';

const MEMBERS = [
  'eventType',
  'resourceType',
  'summary',
  'originalType',
  'associatedData',
  'resource',
];

/**
 * Makes a notification as WeChat Pay would send it (doc 4014591539): the resource sealed with the
 * APIv3 key, the body around it signed.
 *
 * @param {import('../sandbox.d.ts').SandboxEvent} event
 * @param {object} merchant
 * @param {number} now seconds
 * @returns {import('../sandbox.d.ts').SandboxNotification}
 */
export function makeNotification(event, merchant, now) {
  const { eventType, resourceType, summary, originalType, associatedData, resource } =
    parseEvent(event);
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: beijingTime(now),
    resource_type: resourceType,
    event_type: eventType,
    summary,
    resource: {
      original_type: originalType,
      algorithm: 'AEAD_AES_256_GCM',
      ...seal(JSON.stringify(resource), associatedData, merchant.apiv3Key),
    },
  });
  return Object.freeze({
    headers: Object.freeze({
      'Content-Type': 'application/json',
      ...signedHeaders(Buffer.from(body), merchant, now),
    }),
    body,
  });
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
    // As in the documents: TRANSACTION.SUCCESS is about a transaction, REFUND.CLOSED about a refund.
    originalType = eventType.split('.')[0].toLowerCase(),
    // The documents leave its value open; in notifications that developers have published, it is this.
    associatedData = originalType,
  } = event;
  const texts = { resourceType, summary, originalType, associatedData };
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value !== 'string') fail(`${name} must be a string`);
  }
  return { eventType, resource, ...texts };
}

function fail(problem) {
  throw new TypeError(`sandbox.notification: ${problem}`);
}

/** RFC 5116, AEAD_AES_256_GCM: the tag stands behind the ciphertext. */
function seal(plaintext, associatedData, key) {
  // Twelve bytes that are text, since JSON carries them as they are.
  const nonce = randomText(ALPHANUMERICS, 12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associatedData));
  const sealed = [cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    ciphertext: Buffer.concat(sealed).toString('base64'),
    associated_data: associatedData,
    nonce,
  };
}

/** RFC 3339, in the time of Beijing, which knows no summer time. */
function beijingTime(now) {
  const eightHours = 8 * 60 * 60;
  return `${new Date((now + eightHours) * 1000).toISOString().slice(0, 19)}+08:00`;
}
