// Every path of the catalogue, as the types of the chain write it: the package sends the request there.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { nameOf } from '../../scripts/catalogue/types/tree.mjs';
import { merchant } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

test('each form of the chain sends each operation to its path', async () => {
  const { operations } = await readCatalogue();
  const { fetch, sent } = refusingFetch();
  const wxpay = new Wechatpay({ ...merchant, fetch, maxRetries: 0 });
  for (const { method, path, variables } of operations) {
    const options = Object.fromEntries(variables.map(({ name }) => [name, `the-${name}`]));
    const whole = path.slice(1);
    const links = [wxpay.chain(whole)];
    if (path.startsWith('/v3/')) {
      const names = whole.split('/').map(nameOf);
      links.push(
        wxpay[whole],
        names.reduce((link, name) => link[name], wxpay),
      );
    }
    for (const link of links) {
      await assert.rejects(link[method.toLowerCase()](options), { code: 'ERR_NETWORK' });
      assert.equal(new URL(sent.pop()).pathname, path.replaceAll(/\{(\w+)\}/g, 'the-$1'));
    }
  }
});
