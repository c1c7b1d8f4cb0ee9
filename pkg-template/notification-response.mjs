// What a server responds to WeChat Pay's notification with (WeChat Pay merchant document 4012075420):
// 200 or 204 and it was received; 4XX or 5XX with a code and a message, and WeChat Pay sends it again.

import { ValidationError, VerificationError } from './errors.mjs';

// Counted, not compared with undefined, which can be thrown too: to take a failure for a success would
// lose the notification, and to take a success for a failure only has it sent again.
export function notificationResponse(...failure) {
  if (failure.length === 0) return { status: 204, headers: {}, body: null };
  const [status, message] = refusal(failure[0]);
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: 'FAIL', message }),
  };
}

// Of the notification itself, and not of a call that was made while it was handled.
const fields = ['request', 'headers', 'body'];

// Words of our own alone, since whoever asked may be anybody; at most 64 characters are taken.
function refusal(error) {
  if (error instanceof VerificationError && error.status === undefined) {
    return [401, `not verified to be from WeChat Pay: ${error.code}`];
  }
  if (error instanceof ValidationError && fields.includes(error.field)) {
    return [400, `not a notification: ${error.field}`];
  }
  return [500, 'could not be handled, send it again'];
}
