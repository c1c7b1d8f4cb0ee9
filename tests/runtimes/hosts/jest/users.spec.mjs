// A user's test. Jest runs it as CommonJS (transformed, as most of its users do) and as a module.

import * as wechatpay from 'wechatpay-wasm';
import connections from '#connections';
import { names, suite } from '../../suite.mjs';

const results = suite(wechatpay, connections);

test.each(names)('%s', async (name) => {
  const { error } = (await results).find((result) => result.name === name);
  if (error !== undefined) throw new Error(error);
});
