import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const sandbox = process.env.SANDBOX_URL ?? 'http://127.0.0.1:8090';
const run = promisify(execFile);
const wechatpay = (...args) => run('npx', ['wechatpay-wasm', ...args, '--sandbox', sandbox]);

test('a user buys', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Buy' }).click();
  await expect(page.getByRole('status')).toHaveText('NOTPAY');

  const number = await page.getByRole('status').getAttribute('data-number');
  await wechatpay('pay', number); // what the user does on the phone

  await expect(page.getByRole('status')).toHaveText('SUCCESS');
});
