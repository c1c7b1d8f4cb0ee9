// Lists that come in pages, through the packed tarball, from a server on loopback that pages as WeChat Pay's
// documents say: every item once, and an error where an item would be missed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { signedHeaders, withServer } from '../faults/responding-server.mjs';

const complaints = 'v3/merchant-service/complaints-v2';
const stocks = 'v3/marketing/favor/stocks';

const numbered = (count) => Array.from({ length: count }, (_, id) => ({ id }));

/** A server whose response to a query is `answer(query, requests so far)`. */
const answering = (answer, run) =>
  withServer(
    (request, response) => {
      const url = new URL(request.url, 'http://x');
      const query = Object.fromEntries(url.searchParams);
      let body = answer(query, url.pathname);
      const status = body.code ? 400 : 200;
      body = JSON.stringify(body);
      response.writeHead(status, signedHeaders(body)).end(body);
    },
    ({ options, requests }) => run(new Wechatpay(options), requests),
  );

/** A list of `all`, whose offset counts items; its total comes with the first page, as of complaints. */
const byItems =
  (all, { size = 'limit', name = 'data', most = Number.POSITIVE_INFINITY, total = 'first' } = {}) =>
  (query) => {
    const [offset, limit] = [Number(query.offset), Math.min(Number(query[size]), most)];
    const list = all.slice(offset, offset + limit);
    const says = total === 'always' || (total === 'first' && offset === 0);
    return {
      // Left out where it is empty.
      ...(list.length > 0 && { [name]: list }),
      offset,
      limit,
      ...(says && { total_count: all.length }),
    };
  };

/** A list of `all`, whose offset counts pages. */
const byPages = (all) => (query) => {
  const [page, limit] = [Number(query.offset), Number(query.limit)];
  const data = all.slice(page * limit, (page + 1) * limit);
  return { data, offset: page, limit, total_count: all.length };
};

async function collect(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

const queries = (requests) =>
  requests.map(({ url }) => Object.fromEntries(new URL(url, 'http://x').searchParams));

test('every item once, whatever the page size, and no request too many', async () => {
  for (const count of [0, 1, 9, 10, 11, 20, 25]) {
    const all = numbered(count);
    await answering(byItems(all), async (wxpay, requests) => {
      const query = { begin_date: '2026-11-01', end_date: '2026-11-22' };
      assert.deepEqual(await collect(wxpay.paginate(complaints, { query })), all);
      assert.equal(requests.length, Math.max(1, Math.ceil(count / 10)));
      assert.deepEqual(queries(requests)[0], { ...query, offset: '0', limit: '10' });
      assert.ok(requests[0].url.startsWith(`/${complaints}?`));
      requests.length = 0;
      assert.deepEqual(await collect(wxpay.paginate(complaints, { query, pageSize: 7 })), all);
      assert.deepEqual(
        queries(requests).map(({ offset }) => offset),
        Array.from({ length: Math.max(1, Math.ceil(count / 7)) }, (_, page) => `${page * 7}`),
      );
    });
  }
});

test('an empty list without a total, and one that ends with a short page', async () => {
  for (const [count, requested] of [
    [0, 1],
    [9, 1],
    [10, 2],
    [25, 3],
  ]) {
    const all = numbered(count);
    await answering(byItems(all, { total: 'never' }), async (wxpay, requests) => {
      assert.deepEqual(await collect(wxpay.paginate('v3/some/list')), all);
      assert.equal(requests.length, requested);
    });
  }
});

test('where an offset counts pages, by the documents or by the caller', async () => {
  const all = numbered(25);
  await answering(byPages(all), async (wxpay, requests) => {
    const query = { stock_creator_mchid: '1900007291' };
    assert.deepEqual(await collect(wxpay.paginate(stocks, { query })), all);
    assert.deepEqual(
      queries(requests).map(({ offset }) => offset),
      ['0', '1', '2'],
    );
    const options = { offsetCounts: 'pages' };
    assert.deepEqual(await collect(wxpay.paginate('v3/some/list', options)), all);
    assert.deepEqual(await collect(wxpay.paginate(`/${stocks}`, { query })), all);
    const later = await collect(wxpay.paginate(stocks, { query: { ...query, offset: 1 } }));
    assert.deepEqual(later, all.slice(10));
  });
  await answering(byItems(all, { total: 'always' }), async (wxpay) => {
    const query = { stock_creator_mchid: '1900007291' };
    const options = { query, offsetCounts: 'items' };
    assert.deepEqual(await collect(wxpay.paginate(stocks, options)), all);
  });
});

test('items that would be missed are an error, and not the end', async () => {
  // This endpoint counts pages, and nobody knows it.
  await answering(byPages(numbered(25)), async (wxpay, requests) => {
    const given = [];
    await assert.rejects(
      async () => {
        for await (const { id } of wxpay.paginate('v3/some/list')) given.push(id);
      },
      {
        name: 'TransportError',
        code: 'ERR_RESPONSE_INVALID',
        message: /25 items by its total_count, and gave 10 .*offsetCounts: 'pages'/,
      },
    );
    assert.equal(given.length, 10);
    // Three empty pages, and no more.
    assert.equal(requests.length, 4);
  });
  const same = { data: numbered(10), total_count: 100 };
  await answering(
    () => same,
    async (wxpay, requests) => {
      await assert.rejects(collect(wxpay.paginate('v3/some/list')), /the same page again/);
      assert.equal(requests.length, 2);
    },
  );
});

test('a server with a lower limit, and one without any', async () => {
  const all = numbered(23);
  for (const total of ['always', 'never']) {
    await answering(byItems(all, { most: 4, total }), async (wxpay) => {
      assert.deepEqual(await collect(wxpay.paginate(complaints, { pageSize: 10 })), all);
    });
  }
  // As favor/users/{openid}/coupons does, asked by available_mchid.
  await answering(
    () => ({ data: all }),
    async (wxpay, requests) => {
      assert.deepEqual(await collect(wxpay.paginate('v3/some/list')), all);
      assert.equal(requests.length, 1);
    },
  );
});

test('pages by a token', async () => {
  const all = numbered(25);
  const path = 'v3/marketing/partner/product-coupon/users/{openid}/coupons';
  const tokens = new Map([
    [undefined, 0],
    ['b', 10],
    // An empty page in between.
    ['c', 99],
    ['d', 20],
  ]);
  const next = new Map([
    [undefined, 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ]);
  await answering(
    (query, pathname) => {
      assert.equal(pathname, '/v3/marketing/partner/product-coupon/users/o%2F1/coupons');
      assert.equal(query.offset, undefined);
      const from = tokens.get(query.page_token);
      const list = all.slice(from, from + Number(query.page_size));
      return {
        total_count: 25,
        user_coupon_list: list,
        next_page_token: next.get(query.page_token),
      };
    },
    async (wxpay, requests) => {
      const query = { appid: 'wx', brand_id: '1' };
      assert.deepEqual(await collect(wxpay.paginate(path, { openid: 'o/1', query })), all);
      assert.equal(requests.length, 4);
    },
  );
  await answering(
    () => ({ user_coupon_list: [], next_page_token: 'b' }),
    async (wxpay, requests) => {
      const list = wxpay.paginate(path, { openid: 'o', query: {} });
      await assert.rejects(collect(list), /next_page_token/);
      assert.equal(requests.length, 2);
    },
  );
});

test('other names: plan_list with page_size, refunds with total_num', async () => {
  const all = numbered(12);
  const plans = 'v3/marketing/partner/delivery-plan/delivery-plans/{brand_id}/delivery-plans';
  const options = { brand_id: '1', query: {} };
  const answer = byItems(all, { size: 'page_size', name: 'plan_list' });
  await answering(answer, async (wxpay) => {
    assert.deepEqual(await collect(wxpay.paginate(plans, options)), all);
  });
  await answering(
    ({ offset, limit, count }) => {
      assert.equal(limit, undefined);
      assert.equal(count, '5');
      const from = Number(offset);
      return { total_num: 12, data: all.slice(from, from + 5) };
    },
    async (wxpay) => {
      const query = { mchid: '1', sub_mchid: '2', sp_mchid: '3', count: 5 };
      assert.deepEqual(await collect(wxpay.paginate('v3/global/refunds', { query })), all);
    },
  );
  // The total of another thing is no total: of a batch, whatever the filter.
  await answering(
    byItems(all.slice(0, 5), { name: 'transfer_detail_list', total: 'always' }),
    async (wxpay) => {
      const path = 'v3/bank-transfer/batches/batch-id/{batch_id}';
      const given = { batch_id: '1', query: { need_query_detail: true } };
      assert.equal((await collect(wxpay.paginate(path, given))).length, 5);
    },
  );
});

test('several lists: the caller says which', () =>
  answering(
    () => ({ one: [1, 2], other: [3] }),
    async (wxpay) => {
      await assert.rejects(collect(wxpay.paginate('v3/some/list')), {
        field: 'options.items',
        message: /one, other/,
      });
      assert.deepEqual(await collect(wxpay.paginate('v3/some/list', { items: 'other' })), [3]);
      assert.deepEqual(await collect(wxpay.paginate('v3/some/list', { items: 'none' })), []);
    },
  ));

test('nothing is sent before an item is asked for, and a break sends no more', () =>
  answering(byItems(numbered(30)), async (wxpay, requests) => {
    const list = wxpay.paginate(complaints);
    assert.equal(list[Symbol.asyncIterator](), list);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(requests.length, 0);
    for await (const { id } of list) {
      if (id === 9) break;
    }
    assert.equal(requests.length, 1);
    assert.deepEqual(await list.next(), { done: true, value: undefined });
    // Asked for at once, they come one after the other.
    const other = wxpay.paginate(complaints, { pageSize: 1 });
    const three = await Promise.all([other.next(), other.next(), other.next()]);
    assert.deepEqual(
      three.map(({ value }) => value.id),
      [0, 1, 2],
    );
  }));

test('errors of a call, an abort and a freed client end it, at the caller’s line', async () => {
  const all = numbered(30);
  const failing = (query) =>
    query.offset === '10' ? { code: 'PARAM_ERROR', message: 'no' } : byItems(all)(query);
  await answering(failing, async (wxpay) => {
    async function readAll() {
      return await collect(wxpay.paginate(complaints));
    }
    const error = await readAll().catch((reason) => reason);
    assert.equal(error.name, 'ApiError');
    assert.equal(error.code, 'PARAM_ERROR');
    assert.equal(error.verified, true);
    assert.match(error.stack, /at .*paginate\.test\.mjs/);
  });
  await answering(byItems(all), async (wxpay) => {
    const controller = new AbortController();
    const reason = new Error('the user went away');
    const list = wxpay.paginate(complaints, { signal: controller.signal });
    await list.next();
    controller.abort(reason);
    await assert.rejects(collect(list), (error) => error === reason);
    const freed = wxpay.paginate(complaints);
    await freed.next();
    wxpay.free();
    await assert.rejects(collect(freed), { name: 'ConfigError', option: 'client' });
    await assert.rejects(wxpay.paginate(complaints).next(), { option: 'client' });
  });
});

test('wrong options are refused before anything is sent, and no method throws', () =>
  answering(byItems([]), async (wxpay, requests) => {
    for (const [path, options, field] of [
      [undefined, {}, 'path'],
      [7, {}, 'path'],
      ['v3/a b', {}, 'path'],
      ['v3/brand/card/card-links', {}, 'path'],
      [complaints, null, 'options'],
      [complaints, { pageSize: 0 }, 'options.pageSize'],
      [complaints, { pageSize: 1_001 }, 'options.pageSize'],
      [complaints, { pageSize: '5' }, 'options.pageSize'],
      [complaints, { offsetCounts: 'bytes' }, 'options.offsetCounts'],
      [complaints, { query: { offset: -1 } }, 'query.offset'],
      [complaints, { query: { offset: 'x' } }, 'query.offset'],
      [complaints, { query: { limit: 0 } }, 'query.limit'],
      [complaints, { query: new Map() }, 'query'],
      [complaints, { query: { a: null } }, 'query.a'],
      [complaints, { json: {} }, 'json'],
      [complaints, { openid: 'x' }, 'openid'],
      [`${complaints}/{complaint_id}/negotiation-historys`, {}, 'complaint_id'],
    ]) {
      const list = wxpay.paginate(path, options);
      const error = await list.next().catch((reason) => reason);
      assert.equal(error.name, 'ValidationError', `${field}: ${error}`);
      assert.equal(error.field, field, String(error));
      assert.match(error.stack, /paginate\.test\.mjs/);
    }
    assert.equal(requests.length, 0);
    const { paginate } = wxpay;
    assert.throws(() => paginate(complaints), { name: 'ConfigError', message: /taken off/ });
  }));

test('what is no list is an error, and no empty list', async () => {
  for (const body of [{ a: 1 }, [1, 2], { data: 'none' }]) {
    await answering(
      () => body,
      async (wxpay) =>
        assert.rejects(collect(wxpay.paginate(complaints)), {
          code: 'ERR_RESPONSE_INVALID',
          message: /has no list of items/,
        }),
    );
  }
  for (const body of [{}, { data: [] }, { limit: 10 }, { total_count: 0 }]) {
    await answering(
      () => body,
      async (wxpay) => assert.deepEqual(await collect(wxpay.paginate(complaints)), []),
    );
  }
});

test('a link of the chain in place of its path', () =>
  answering(
    () => ({}),
    async (wxpay, requests) => {
      await assert.rejects(collect(wxpay.paginate(wxpay.v3.merchantService.complaintsV2)), {
        field: 'path',
        message: /must be a path as text/,
      });
      assert.equal(requests.length, 0);
    },
  ));
