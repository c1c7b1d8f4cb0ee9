// The suite of the matrix. Every host runs the same code in its own realm. It has no imports, and
// uses nothing that only one host has.

/** How often one run of the suite calls each sandbox, and with which results. */
export const expected = {
  good: { accepted: 220, refused: 1 },
  other: { accepted: 2, refused: 0 },
  tampering: { accepted: 1, refused: 0 },
  unsigned: { accepted: 1, refused: 0 },
  failing: { accepted: 0, refused: 1 },
  recovering: { accepted: 1, refused: 2 },
  // These calls are aborted, perhaps before they arrive.
  slow: { accepted: 2, refused: 0, orFewer: true },
};

const appid = 'wxd678efh567h23787';

/**
 * Runs every case.
 *
 * @param {typeof import('wechatpay-wasm')} wechatpay the package as this host imports it
 * @param {object} connections what `connections` of `stage.mjs` returns; plain JSON
 * @returns {Promise<{ name: string, error?: string }[]>}
 */
export async function suite(wechatpay, connections) {
  const results = [];
  for (const [name, body] of Object.entries(cases)) {
    try {
      await body(wechatpay, connections);
      results.push({ name });
    } catch (error) {
      results.push({ name, error: `${error?.stack ?? error}` });
    }
  }
  return results;
}

const cases = {
  async 'the main job'({ Wechatpay }, { good }) {
    const wxpay = new Wechatpay(good.options);
    const response = await wxpay.preEntrustSignApp({ appid, outContractCode: 'MAIN_1' });
    equal(Object.keys(response).join(), 'preEntrustwebId');
    equal(typeof response.preEntrustwebId, 'string');
    const again = await wxpay.preEntrustSignApp({ appid, outContractCode: 'MAIN_1' });
    equal(again.preEntrustwebId, response.preEntrustwebId);
  },

  async 'a response that was changed in transit is rejected'(wechatpay, { tampering }) {
    const error = await rejection(pre(wechatpay, tampering));
    equal(error instanceof wechatpay.VerificationError, true);
    equal(error.code, 'ERR_SIGNATURE_INVALID');
    equal(error.status, 200);
  },

  async 'a response without a signature is rejected'(wechatpay, { unsigned }) {
    const error = await rejection(pre(wechatpay, unsigned));
    equal(error instanceof wechatpay.VerificationError, true);
    equal(error.code, 'ERR_SIGNATURE_MISSING');
  },

  async 'a signed error response is an ApiError'(wechatpay, { failing }) {
    const error = await rejection(pre(wechatpay, failing));
    equal(error instanceof wechatpay.ApiError, true);
    equal(error.code, 'RATELIMIT_EXCEEDED');
    equal(error.status, 429);
    equal(error.verified, true);
    equal(error.retryable, true);
  },

  async 'a timeout ends the call'(wechatpay, { slow }) {
    const error = await rejection(pre(wechatpay, slow, { timeout: 300 }));
    equal(error instanceof wechatpay.TransportError, true);
    equal(error.code, 'ERR_TIMEOUT');
  },

  async 'an aborted signal ends the call with its own reason'(wechatpay, { slow }) {
    const controller = new AbortController();
    const reason = new Error('the user went away');
    const given = (url, init) => {
      setTimeout(() => controller.abort(reason), 300);
      return fetch(url, init);
    };
    const options = { ...slow.options, fetch: given };
    const error = await rejection(pre(wechatpay, { options }, { signal: controller.signal }));
    equal(error, reason);
  },

  async '200 calls at once'({ Wechatpay }, { good }) {
    const wxpay = new Wechatpay({ ...good.options, timeout: 180_000 });
    const calls = Array.from({ length: 200 }, (_, i) =>
      wxpay.preEntrustSignApp({ appid, outContractCode: `MANY_${i}` }),
    );
    const ids = (await Promise.all(calls)).map(({ preEntrustwebId }) => preEntrustwebId);
    equal(new Set(ids).size, 200);
  },

  async 'two clients with different keys'(wechatpay, { good, other }) {
    const { Wechatpay, ApiError } = wechatpay;
    const [one, two] = [good, other].map(({ options }) => new Wechatpay(options));
    const params = { appid, outContractCode: 'TWO_1' };
    const ids = await Promise.all(
      [one, two, one, two].map(async (wxpay) => {
        return (await wxpay.preEntrustSignApp(params)).preEntrustwebId;
      }),
    );
    equal(ids[0], ids[2]);
    equal(ids[1], ids[3]);
    equal(ids[0] === ids[1], false);

    // The merchant number of one and the key of the other: a correct signature of the wrong
    // merchant.
    const { privateKey } = other.options;
    const options = { ...good.options, cert: undefined, privateKey };
    const error = await rejection(pre(wechatpay, { options }));
    equal(error instanceof ApiError, true);
    equal(error.code, 'SIGN_ERROR');
    one.free();
    two.free();
  },

  async 'a given fetch is used'(wechatpay, { good }) {
    const seen = [];
    const given = (url, init) => {
      seen.push(`${init.method} ${new URL(url).pathname}`);
      return fetch(url, init);
    };
    await pre(wechatpay, { options: { ...good.options, fetch: given } });
    equal(seen.join(), 'POST /v3/ecommerce/individual-contracts/pre-entrust-sign/app');
  },

  async 'a redirect is not followed'(wechatpay, { good, redirecting }) {
    const options = { ...good.options, baseUrl: redirecting.url };
    const error = await rejection(pre(wechatpay, { options }));
    equal(error instanceof wechatpay.TransportError, true);
    equal(error.code, 'ERR_REDIRECT');
  },

  async 'a wrong parameter is rejected, and nothing is sent'(wechatpay, { good }) {
    const wxpay = new wechatpay.Wechatpay(good.options);
    const error = await rejection(wxpay.preEntrustSignApp({ appid, outContractCode: 'no spaces' }));
    equal(error instanceof wechatpay.ValidationError, true);
    equal(error.field, 'outContractCode');
  },

  async 'a body that JSON would change is refused by its path'({ Wechatpay }, { good }) {
    const sent = [];
    const wxpay = new Wechatpay({ ...good.options, fetch: (url) => sent.push(url) });
    const lost = [new Uint8Array(2), /x/, new Error('x'), new Date(Number.NaN), new Map()];
    if (globalThis.Buffer) lost.push(globalThis.Buffer.from('x'));
    if (globalThis.Blob) lost.push(new Blob(['x']));
    for (const name of lost) {
      const json = { detail: { goods: [{ name }] } };
      const error = await rejection(wxpay.v3.pay.transactions.native.post({ json }));
      equal(error.field, 'json.detail.goods[0].name');
    }
    equal(sent.length, 0);
  },

  async 'the stack of an error begins at its caller'({ Wechatpay }, { good }) {
    const response = (text, status) => new Response(text, { status });
    const open = (given) => new Wechatpay({ ...good.options, maxRetries: 0, fetch: given });
    const params = { appid, outContractCode: 'STACK_1' };
    const { pay } = open(async () => response('{}', 403)).v3;
    const lost = open(() => Promise.reject(new Error('no')));
    const unsigned = open(async () => response('{}', 200));
    const request = { headers: {}, body: '{}' };
    const told = [];
    const seen = new Wechatpay({
      ...good.options,
      maxRetries: 0,
      fetch: async () => response('{}', 200),
      onError: ({ error }) => told.push(error),
      logger: {
        error: (line, fields) => told.push([line, fields.error]),
      },
    });
    for (const [name, [error, here]] of Object.entries({
      // Each pair in one line, since both stacks are to begin there.
      ConfigError: [thrown(() => new Wechatpay({})), new Error().stack],
      ValidationError: [await rejection(lost.preEntrustSignApp({})), new Error().stack],
      ApiError: [await rejection(pay.transactions.native.post({ json: {} })), new Error().stack],
      TransportError: [await rejection(lost.preEntrustSignApp(params)), new Error().stack],
      VerificationError: [await rejection(unsigned.notification(request)), new Error().stack],
      'VerificationError ': [await rejection(seen.preEntrustSignApp(params)), new Error().stack],
      InternalError: [await rejection(unsigned.decrypt('x', loseJson())), new Error().stack],
    })) {
      equal(error.name, name.trim());
      equal(/wasm-function|wasm:\/\//.test(error.stack), false);
      const [[file, line], [ownFile, ownLine]] = [error.stack, here].map(firstPlace);
      equal(file, ownFile);
      // A bundler may write a line as several.
      equal(Math.abs(line - ownLine) < 6, true);
      if (name.endsWith(' ')) equal(error, told[0]);
    }
    equal(told[1][0].includes('failed with ERR_SIGNATURE_MISSING'), true);
    equal(told[1][1], 'VerificationError');
  },

  async 'a method without its client says so'(wechatpay, { good }) {
    const wxpay = new wechatpay.Wechatpay(good.options);
    const { notification, free } = wxpay;
    const { post } = wxpay.v3.pay.transactions.native;
    const behind = new Proxy(wxpay, {});
    const errors = [
      await rejection(notification(good.notification)),
      await rejection(post({ json: {} })),
      await rejection(behind.notification(good.notification)),
      await rejection(behind.v3.pay.transactions.native.post({ json: {} })),
      thrown(() => free()),
      thrown(() => behind.free()),
    ];
    for (const error of errors) {
      equal(error instanceof wechatpay.ConfigError, true);
      equal(/^client: `this` is /.test(error.message), true);
    }
    const { fromEnv } = wechatpay.Wechatpay;
    equal(fromEnv(good.env) instanceof wechatpay.Wechatpay, true);
  },

  async 'a notification in this host’s Request'({ Wechatpay, VerificationError }, { good }) {
    const wxpay = new Wechatpay(good.options);
    const { headers, body } = good.notification;
    const request = (text) =>
      new Request('https://shop.example/notify', { method: 'POST', headers, body: text });
    const event = await wxpay.notification(request(body));
    equal(event.eventType, 'TRANSACTION.SUCCESS');
    equal(event.resource.out_trade_no, 'ORDER_1');
    const changed = request(body.replace('TRANSACTION.SUCCESS', 'TRANSACTION.FAILURE'));
    const error = await rejection(wxpay.notification(changed));
    equal(error instanceof VerificationError, true);
  },

  async 'a notification in what stands beside its Request'({ Wechatpay }, { good }) {
    const wxpay = new Wechatpay(good.options);
    const { headers, body } = good.notification;
    const request = () =>
      new Request('https://shop.example/notify', { method: 'POST', headers, body });
    for (const given of [
      { req: { raw: request() } },
      { raw: request() },
      { request: request() },
      { web: { request: request() } },
      { headers, body: JSON.parse(body), rawBody: body },
    ]) {
      equal((await wxpay.notification(given)).eventType, 'TRANSACTION.SUCCESS');
    }
    const error = await rejection(wxpay.notification({ headers, body: request().text() }));
    equal(error.message.startsWith('body: is a promise; await it'), true);
  },

  async 'a client from an environment'(wechatpay, { good }) {
    const wxpay = wechatpay.Wechatpay.fromEnv(good.env);
    await wxpay.preEntrustSignApp({ appid, outContractCode: 'ENV_1' });
    const { mchid, serial, certs, privateKey, apiv3Key } = good.options;
    const shown = inspected(wxpay);
    for (const each of [
      'Wechatpay {',
      mchid,
      serial,
      good.options.baseUrl,
      ...Object.keys(certs),
    ]) {
      if (!shown.includes(each)) throw new Error(`${each} is not in ${shown}`);
    }
    for (const secret of [apiv3Key, privateKey.split('\n')[1], Object.values(certs)[0]]) {
      equal(`${shown}${JSON.stringify(wxpay)}`.includes(secret), false);
    }
  },

  async 'a chain’s calls: a path, a variable, a query, JSON'({ Wechatpay }, { good }) {
    const wxpay = new Wechatpay(good.options);
    const created = await wxpay.v3.ecommerce.individualContracts.preEntrustSign.app.post({
      json: { appid, out_contract_code: 'CHAIN_1' },
    });
    equal(created.status, 200);
    equal(typeof created.data.pre_entrustweb_id, 'string');
    const path = 'v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}';
    const { data, requestId } = await wxpay
      .chain(path)
      .get({ out_contract_code: 'CHAIN_1', query: { appid } });
    equal(data.auth_state, 'AUTHORIZED');
    equal(typeof requestId, 'string');
  },

  async 'a CryptoKey and a KeyObject, where there are any'({ Wechatpay }, { good }) {
    const { privateKey: pem, ...options } = good.options;
    const call = (privateKey) =>
      new Wechatpay({ ...options, privateKey }).preEntrustSignApp({
        appid,
        outContractCode: 'KEY_1',
      });
    const base64 = pem.replace(/-----[^-]+-----|\s/g, '');
    const der = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const { subtle } = crypto;
    await call((await subtle?.importKey('pkcs8', der, algorithm, false, ['sign'])) ?? pem);
    const node = nodeCrypto();
    const keyObject = node?.createPrivateKey(pem);
    // Alone, and three at once. Where there is none, the same calls with the PEM.
    await call(keyObject ?? pem);
    await Promise.all([1, 2, 3].map(() => call(keyObject ?? pem)));
    if (keyObject === undefined) return;
    const text = '张三';
    // By default RSAES-OAEP with SHA-1.
    const encrypted = node.publicEncrypt(node.createPublicKey(pem), new TextEncoder().encode(text));
    const wxpay = new Wechatpay({ ...options, privateKey: keyObject });
    equal(await wxpay.decrypt(encrypted.toString('base64')), text);
    const error = thrown(
      () => new Wechatpay({ ...options, privateKey: node.createPublicKey(pem) }),
    );
    equal(error.option, 'privateKey');
  },

  async 'a call is retried, signed anew, until it succeeds'({ Wechatpay }, { recovering }) {
    const attempts = [];
    const onRetry = ({ attempt, error }) => attempts.push(`${attempt} ${error.code}`);
    const wxpay = new Wechatpay({ ...recovering.options, maxRetries: 2, onRetry });
    await wxpay.preEntrustSignApp({ appid, outContractCode: 'AGAIN_1' });
    equal(attempts.join(), '1 SERVICE_UNAVAILABLE,2 SERVICE_UNAVAILABLE');
  },

  async 'certs: auto, one download for five calls at once'({ Wechatpay }, { good }) {
    const seen = [];
    const given = (url, init) => {
      seen.push(new URL(url).pathname);
      return fetch(url, init);
    };
    const wxpay = new Wechatpay({ ...good.options, certs: 'auto', fetch: given, timeout: 60_000 });
    const person = { realName: '张三', credType: 'ID_CARD', credId: '11010519491231002X' };
    await Promise.all([
      ...[1, 2, 3].map((i) => wxpay.preEntrustSignApp({ appid, outContractCode: `AUTO_${i}` })),
      wxpay.preEntrustSignAppWithRealName({ appid, outContractCode: 'AUTO_4', ...person }),
      wxpay.echo(),
    ]);
    equal(seen[0], '/v3/certificates');
    equal(seen.filter((path) => path === '/v3/certificates').length, 1);
    const [{ serialNo, certificate }] = await wxpay.certificates();
    equal(/^[0-9A-F]{40}$/.test(serialNo), true);
    equal(certificate.startsWith('-----BEGIN CERTIFICATE-----'), true);
  },
};

/** `node:crypto`, where this host has it, and gives it to code without an import. */
function nodeCrypto() {
  try {
    return globalThis.process.getBuiltinModule('node:crypto');
  } catch {
    return undefined;
  }
}

/** The names of the cases, in order. */
export const names = Object.keys(cases);

function pre({ Wechatpay }, { options }, callOptions) {
  const wxpay = new Wechatpay(options);
  return wxpay.preEntrustSignApp({ appid, outContractCode: 'ONE_1' }, callOptions);
}

function thrown(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('It should have failed');
}

/** What console.log shows of an object; where the host has no function for it, what the object itself gives. */
function inspected(object) {
  const inspect = globalThis.Deno?.inspect ?? globalThis.Bun?.inspect ?? inspectOfNode();
  return inspect ? inspect(object) : object[Symbol.for('nodejs.util.inspect.custom')](2, {});
}

function inspectOfNode() {
  try {
    return globalThis.process.getBuiltinModule('node:util').inspect;
  } catch {
    // Next's edge has a function that only throws.
    return undefined;
  }
}

/** Has the next JSON not parsed: a fault within the package, which loses the result of an export. */
function loseJson() {
  const { parse } = JSON;
  JSON.parse = () => {
    JSON.parse = parse;
    throw new Error('no room');
  };
}

/** The first place of a stack, as file and line. */
function firstPlace(stack) {
  const [, file, line] = stack.match(/([^\s(@]+):(\d+):\d+/) ?? [undefined, stack];
  return [file, Number(line)];
}

async function rejection(promise) {
  let response;
  try {
    response = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`It should have failed, and gave ${JSON.stringify(response)}`);
}

function equal(actual, wanted) {
  if (!Object.is(actual, wanted)) throw new Error(`${show(actual)} in place of ${show(wanted)}`);
}

function show(value) {
  return value instanceof Error ? value.stack : JSON.stringify(value);
}
