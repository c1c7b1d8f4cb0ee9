// A user's test.

import { inject, test } from 'vitest';
import * as wechatpay from 'wechatpay-wasm';
import { names, suite } from '../../suite.mjs';

const results = suite(wechatpay, inject('connections'));

test.each(names)('%s', async (name) => {
  const { error } = (await results).find((result) => result.name === name);
  if (error !== undefined) throw new Error(error);
});
