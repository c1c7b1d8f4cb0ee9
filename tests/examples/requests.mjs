// The requests that every example gets, on whatever host.
import assert from 'node:assert/strict';

export const event = {
  eventType: 'TRANSACTION.SUCCESS',
  resource: { out_trade_no: 'ORDER_1', payer: { openid: 'hunter2' } },
};

/** The handler accepts a notification of the sandbox, and refuses one that was changed on its way. */
export async function takesNotifications(url, sandbox) {
  const accepted = await sandbox.notify(`${url}/notify`, event);
  assert.deepEqual([accepted.status, accepted.body], [204, '']);
  const { headers, body } = sandbox.notification(event);
  const forged = await post(`${url}/notify`, body.replace('TRANSACTION', 'REFUND'), headers);
  assert.equal(forged.status, 401);
  assert.equal((await forged.json()).code, 'FAIL');
}

export function post(url, body, headers, signal) {
  const all = { 'Content-Type': 'application/json', ...headers };
  return fetch(url, { method: 'POST', headers: all, body, signal });
}
