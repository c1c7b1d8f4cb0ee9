// What a sandbox remembers outlives it, in a file, even if it is killed in the middle of a line.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { plainClient } from './two-clients.mjs';

describe('the file of a sandbox', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  const file = join(folder, 'state');
  after(() => rmSync(folder, { recursive: true }));

  const order = (sandbox, number, more) => ({
    appid: 'wxd678efh567hg6787',
    mchid: sandbox.options.mchid,
    description: 'QQ公仔',
    out_trade_no: number,
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: 100 },
    ...more,
  });
  const native = (sandbox, number, more) =>
    plainClient(sandbox).post('/v3/pay/transactions/native', order(sandbox, number, more));
  const stateOf = async (sandbox, number) => {
    const query = `?mchid=${sandbox.options.mchid}`;
    const path = `/v3/pay/transactions/out-trade-no/${number}${query}`;
    return (await plainClient(sandbox).get(path)).data?.trade_state;
  };

  let options;
  let made;
  test('is written before the response is sent, and read by the next sandbox', async () => {
    const sandbox = await createSandbox({ state: file });
    options = sandbox.options;
    made = await native(sandbox, 'ORDER_1');
    await native(sandbox, 'ORDER_2');
    sandbox.pay('ORDER_2');
    await plainClient(sandbox).post('/v3/refund/domestic/refunds', {
      out_trade_no: 'ORDER_2',
      out_refund_no: 'R1',
      amount: { refund: 30, total: 100, currency: 'CNY' },
    });
    // Nothing is left to do when it closes: a copy of the file as it is now is as good.
    const copy = join(folder, 'copy');
    writeFileSync(copy, readFileSync(file));
    const other = await createSandbox({ state: copy });
    assert.equal(await stateOf(other, 'ORDER_1'), 'NOTPAY');
    assert.equal(await stateOf(other, 'ORDER_2'), 'REFUND');
    await other.close();
    await sandbox.close();
  });

  test('has the same merchant, keys and orders, and the money still adds up', async () => {
    const sandbox = await createSandbox({ state: file });
    const { baseUrl: _, ...same } = options;
    const { baseUrl: __, ...now } = sandbox.options;
    assert.deepEqual(now, same);
    // The program was not told of the restart.
    const before = { options: { ...options, baseUrl: sandbox.url } };
    assert.equal(await stateOf(before, 'ORDER_1'), 'NOTPAY');
    assert.deepEqual((await native(sandbox, 'ORDER_1')).data, made.data);
    const refund = (amount) =>
      plainClient(before).post('/v3/refund/domestic/refunds', {
        out_trade_no: 'ORDER_2',
        out_refund_no: 'R2',
        amount: { refund: amount, total: 100, currency: 'CNY' },
      });
    assert.equal((await refund(71)).code, 'INVALID_REQUEST');
    assert.equal((await refund(70)).status, 200);
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const client = plainClient(before);
    const { data: bill } = await client.get(`/v3/bill/tradebill?bill_date=${today}`);
    assert.match((await client.download(bill)).toString(), /`3,`1.00,`1.00/);
    await sandbox.close();
  });

  test('loses no more than the line that was not finished', async () => {
    appendFileSync(file, '["orders","x",{"half');
    const sandbox = await createSandbox({ state: file });
    assert.equal(await stateOf(sandbox, 'ORDER_2'), 'REFUND');
    await native(sandbox, 'ORDER_3');
    await sandbox.close();
    const again = await createSandbox({ state: file });
    assert.equal(await stateOf(again, 'ORDER_3'), 'NOTPAY');
    await again.close();
  });

  test('is only for its owner, and the only file', { skip: process.platform === 'win32' }, () => {
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder).sort(), ['copy', 'state']);
  });

  test("is not another program's", async () => {
    const path = join(folder, 'other');
    writeFileSync(path, '{}\n');
    await assert.rejects(createSandbox({ state: path }), /no sandbox of this version has written/);
    assert.equal(readFileSync(path, 'utf8'), '{}\n');
    writeFileSync(path, `${readFileSync(file, 'utf8').split('\n')[0]}\n[\n`);
    await assert.rejects(createSandbox({ state: path }), /with a line that is not JSON/);
    await assert.rejects(createSandbox({ state: join(folder, 'no', 'state') }), { code: 'ENOENT' });
  });

  test('has contracts, too', async () => {
    const sandbox = await createSandbox({ state: file });
    const path = '/v3/ecommerce/individual-contracts';
    const contract = { appid: 'wxd678efh567hg6787', out_contract_code: 'APPLYMENT_1' };
    await plainClient(sandbox).post(`${path}/pre-entrust-sign/app`, contract);
    const ask = (each) =>
      plainClient(each).get(`${path}/out-contract-code/APPLYMENT_1?appid=${contract.appid}`);
    const signed = (await ask(sandbox)).data;
    assert.equal(signed.auth_state, 'AUTHORIZED');
    await sandbox.close();
    const again = await createSandbox({ state: file });
    assert.deepEqual((await ask(again)).data, signed);
    again.terminateContract('APPLYMENT_1');
    assert.equal((await ask(again)).data.auth_state, 'UNAUTHORIZED');
    const { individual_openid: openid } = signed;
    const query = `?appid=${contract.appid}&permission_type=INDIVIDUAL_PAYEE`;
    const byOpenid = await plainClient(again).get(`${path}/${openid}${query}`);
    assert.equal(byOpenid.data.auth_state, 'UNAUTHORIZED');
    assert.throws(() => again.terminateContract('APPLYMENT_0'), /there is no contract/);
    await plainClient(again).post(`${path}/pre-entrust-sign/app`, contract);
    assert.equal((await ask(again)).data.auth_state, 'AUTHORIZED');
    await again.close();
  });
});
