// A user's test in jsdom as it is.

import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

test('in jsdom the package can be imported, and a call says what is missing', () => {
  expect(notificationResponse().status).toBe(204);
  for (const open of [() => Wechatpay.fromEnv({}), () => new Wechatpay({})]) {
    let error;
    try {
      open();
    } catch (thrown) {
      error = thrown;
    }
    expect(error.name).toBe('ConfigError');
  }
  expect(() => Wechatpay.fromEnv({})).toThrow('TextEncoder: this runtime has none. In Jest, jsdom');
});
