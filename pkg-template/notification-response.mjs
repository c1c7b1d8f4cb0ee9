// The response to a notification (WeChat Pay merchant document 4012075420). 200 or 204: it was
// received. 4XX or 5XX, with a code and a message: WeChat Pay sends it again.

import { isOfRequest, TransportError, VerificationError } from './errors.mjs';

// The arguments are counted, since a program can also throw undefined. If a failure were treated as
// a success, the notification would be lost. The opposite mistake only repeats it.
export function notificationResponse(...failure) {
  if (failure.length === 0) return { status: 204, headers: {}, body: null };
  const [status, message] = refusal(failure[0]);
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: 'FAIL', message }),
  };
}

// The fields that the sender is at fault for.
const fields = ['request', 'headers', 'body'];

// Fixed texts only, since the sender may be anyone. WeChat Pay accepts at most 64 characters.
function refusal(error) {
  if (error instanceof VerificationError && error.status === undefined) {
    return [401, `not verified to be from WeChat Pay: ${error.code}`];
  }
  if (error instanceof TransportError && error.code === 'ERR_TOO_MANY_NOTIFICATIONS') {
    return [503, 'too many at once, send it again'];
  }
  if (isOfRequest(error) && fields.includes(error.field)) {
    return [400, `not a notification: ${error.field}`];
  }
  return [500, 'could not be handled, send it again'];
}
