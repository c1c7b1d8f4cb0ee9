// Transfers by bills: the user confirms, or the merchant cancels, or a day passes.
import assert from 'node:assert/strict';
import { constants, publicEncrypt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver, until } from './receiver.mjs';
import { plainClient } from './two-clients.mjs';

const PATH = '/v3/fund-app/mch-transfer/transfer-bills';

describe('transfers of the sandbox', { timeout: 60_000 }, () => {
  const began = Date.now();
  let now = began;
  let sandbox;
  let client;
  let server;
  before(async () => {
    sandbox = await createSandbox({ clock: () => now });
    client = plainClient(sandbox);
    server = await receiver();
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });
  const make = (number, more = {}) =>
    client.post(PATH, {
      appid: 'wxf636efh567hg4356',
      out_bill_no: number,
      transfer_scene_id: '1000',
      openid: 'o-MYE42l80oelYMDE34nYD456Xoy',
      transfer_amount: 1_000,
      transfer_remark: '新会员开通有礼',
      notify_url: server.url,
      transfer_scene_report_infos: [{ info_type: '活动名称', info_content: '新会员有礼' }],
      ...more,
    });
  const query = (number) => client.get(`${PATH}/out-bill-no/${number}`);
  const codeOf = ({ status, code }) => [status, code];

  test('the user confirms', async () => {
    const { data } = await make('BILL1');
    assert.equal(data.state, 'WAIT_USER_CONFIRM');
    assert.match(data.transfer_bill_no, /^\d{40}$/);
    assert.equal((await make('BILL1')).data.transfer_bill_no, data.transfer_bill_no);
    const other = await make('BILL1', { transfer_amount: 1_001 });
    assert.deepEqual(codeOf(other), [400, 'ALREADY_EXISTS']);
    const delivery = await sandbox.confirmTransfer('BILL1');
    assert.equal(delivery.delivered, true);
    const found = (await query('BILL1')).data;
    assert.equal(found.state, 'SUCCESS');
    assert.equal(found.mch_id, sandbox.options.mchid);
    const byId = await client.get(`${PATH}/transfer-bill-no/${data.transfer_bill_no}`);
    assert.deepEqual(byId.data, found);
    const { eventType, resource } = client.notification(server.requests.at(-1));
    assert.equal(eventType, 'MCHTRANSFER.BILL.FINISHED');
    assert.equal(resource.state, 'SUCCESS');
    await assert.rejects(sandbox.confirmTransfer('BILL1'), /is SUCCESS, not WAIT_USER_CONFIRM/);
    const late = await client.post(`${PATH}/out-bill-no/BILL1/cancel`);
    assert.deepEqual(codeOf(late), [400, 'INVALID_REQUEST']);
  });

  test('the merchant cancels', async () => {
    await make('BILL2');
    server.requests.length = 0;
    const { data } = await client.post(`${PATH}/out-bill-no/BILL2/cancel`);
    assert.equal(data.state, 'CANCELING');
    assert.equal((await query('BILL2')).data.state, 'CANCELLED');
    await until(() => server.requests.length === 1);
    assert.equal(client.notification(server.requests[0]).resource.state, 'CANCELLED');
    await assert.rejects(sandbox.confirmTransfer('BILL2'), /is CANCELLED/);
  });

  test('a transfer that nobody confirms fails after a day', async () => {
    await make('BILL3');
    now += 86_401_000;
    const { state, fail_reason: reason } = await lookUp('BILL3');
    assert.deepEqual([state, reason], ['FAIL', 'OVERDUE_CLOSE']);
    now = began;
  });

  test('a large transfer names its user, encrypted; a small one does not', async () => {
    const nameless = await make('BILL4', { transfer_amount: 200_000 });
    assert.equal(nameless.detail.field, '/user_name');
    const [key] = Object.values(sandbox.options.certs);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const name = publicEncrypt({ key, padding }, Buffer.from('张三')).toString('base64');
    assert.equal((await make('BILL4', { transfer_amount: 200_000, user_name: name })).status, 200);
    const small = await make('BILL5', { transfer_amount: 29, user_name: name });
    assert.equal(small.detail.field, '/user_name');
    const plain = await make('BILL5', { user_name: '张三' });
    assert.equal(plain.detail.field, '/user_name');
    assert.equal(plain.detail.value, undefined);
  });

  test('a transfer that is not there', async () => {
    assert.deepEqual(codeOf(await query('BILL0')), [404, 'NOT_FOUND']);
    await assert.rejects(sandbox.confirmTransfer('BILL0'), /there is no transfer BILL0/);
  });

  // The clock of the client is a day behind.
  const lookUp = async (number) => {
    const { send } = await import('./signed-request.mjs');
    const timestamp = String(Math.floor(now / 1000));
    const path = `${PATH}/out-bill-no/${number}`;
    return (await send(sandbox, { method: 'GET', path, fields: { timestamp } })).json;
  };
});
