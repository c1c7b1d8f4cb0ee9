const { SANDBOX_PORT = '8090', PORT = '3000', CHROMIUM } = process.env;
const url = `http://127.0.0.1:${PORT}`;

export default {
  testMatch: '*.spec.mjs',
  use: { baseURL: url, launchOptions: { executablePath: CHROMIUM } },
  webServer: {
    command: `npx wechatpay-wasm sandbox --port ${SANDBOX_PORT} -- node ../server.mjs`,
    url,
  },
};
