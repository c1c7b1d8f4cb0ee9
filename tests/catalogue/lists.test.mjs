// Every list of the catalogue that comes in pages: paginate() asks each by the names that the catalogue has.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { isPaged } from '../../scripts/catalogue/types/lists.mjs';
import { signedHeaders } from '../faults/responding-server.mjs';
import { merchant } from '../merchant.mjs';

const { operations } = await readCatalogue();
const lists = operations.filter(isPaged);

// What a name of the query may be about, for those that are no list of this kind.
const PAGING = /^(?:offset|limit|page_size|page_token)$/;

test('there are many, and none is forgotten', () => {
  assert.ok(lists.length > 60);
  const paging = operations.filter(({ query }) =>
    query.some(({ name }) => /^(?:offset|page_\w+|next_\w+|cursor)$/.test(name)),
  );
  const others = paging.filter((operation) => !lists.includes(operation));
  // Its pages have numbers, and the documents do not say which is the first.
  assert.deepEqual(
    others.map(({ path }) => path),
    ['/v3/brand/card/card-links'],
  );
});

test('paginate sends the paging parameters that the operation has, and no other', async () => {
  let url;
  const fetch = async (requested) => {
    url = requested;
    const body = '{"data":[]}';
    return new Response(body, { headers: signedHeaders(body) });
  };
  const wxpay = new Wechatpay({ ...merchant, fetch });
  for (const { path, variables, query } of lists) {
    const values = Object.fromEntries(variables.map(({ name }) => [name, 'x']));
    await wxpay.paginate(path.slice(1), values).next();
    const sent = [...new URL(url).searchParams.keys()];
    const known = query.map(({ name }) => name).filter((name) => PAGING.test(name));
    // The first page has no token.
    const expected = known.filter((name) => name !== 'page_token');
    assert.deepEqual(sent.sort(), expected.sort(), path);
  }
});
