// No secret is in a message, a property, a stack, inspect output, JSON or the console, whatever
// goes wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';
import { key } from '../merchant.mjs';
import { shown } from './shown.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';

/**
 * Returns everything that is written to the console, or emitted as a warning, while `work` runs.
 */
async function outputDuring(work) {
  const output = [];
  const methods = Object.keys(console).filter((name) => typeof console[name] === 'function');
  const originals = Object.fromEntries(methods.map((name) => [name, console[name]]));
  const record = (...parts) => void output.push(inspect(parts, { depth: Infinity }));
  for (const name of methods) console[name] = record;
  process.on('warning', record);
  try {
    await work();
  } finally {
    Object.assign(console, originals);
    process.off('warning', record);
  }
  return output.join('');
}

/**
 * Every line of a PEM except the first and the last, and parts of it as any substring would show.
 */
function secretsOf(pem) {
  return pem
    .split('\n')
    .filter((line) => line.length > 20 && !line.startsWith('-----'))
    .map((line) => line.slice(4, 24));
}

test('whatever goes wrong, no secret is shown', async () => {
  const secrets = [apiv3Key, ...secretsOf(key('merchant.pkcs8.pem'))];
  const everything = [];
  const authorizations = [];

  const output = await outputDuring(() =>
    withServer(
      (request, response) => {
        authorizations.push(request.headers.authorization);
        responses.shift()?.(response);
      },
      async ({ options }) => {
        const open = (more) => new Wechatpay({ ...options, apiv3Key, ...more });
        const wxpay = open();
        everything.push(wxpay, Wechatpay, Object.getOwnPropertyNames(wxpay));
        for (let turn = responses.length; turn > 0; turn -= 1) {
          everything.push(await wxpay.preEntrustSignApp(params).catch((error) => error));
        }
        everything.push(
          await open({ timeout: 20 })
            .preEntrustSignApp(params)
            .catch((error) => error),
        );
        // A user's fetch that attaches the complete request to its error, as axios does.
        const talkative = async (url, init) => {
          authorizations.push(init.headers.Authorization);
          const cause = Object.assign(new Error('inner'), { request: { url, init } });
          throw Object.assign(new Error('outer', { cause }), { config: init, init });
        };
        const error = await open({ fetch: talkative })
          .preEntrustSignApp(params)
          .catch((reason) => reason);
        assert.equal(error.cause.message, 'outer');
        assert.equal(error.cause.cause.message, 'inner');
        everything.push(error);

        // One that puts the header into its message, and one that throws a value that is not an
        // error.
        const quoting = async (_, init) => {
          authorizations.push(init.headers.Authorization);
          throw new Error(`failed: ${JSON.stringify(init.headers)}`);
        };
        everything.push(
          await open({ fetch: quoting })
            .preEntrustSignApp(params)
            .catch((reason) => reason),
        );
        const signatureOf = (text) => /signature="([^"]+)"/.exec(text)[1];
        for (const wrap of [
          (text) => text,
          (text) => Object.assign(() => {}, { text }),
          (text) => Object.assign(new Error('x'), { code: text }),
          (text) => new Error(text.replaceAll(',', '\n ')),
          (text) => new Error(signatureOf(text)),
          (text) => new Error(encodeURIComponent(signatureOf(text))),
          (text) => new Error(signatureOf(text).replace(/.{64}/g, '$&\n')),
          () => new Error(`read ${options.privateKey}`),
        ]) {
          const fetch = async (_, init) => Promise.reject(wrap(init.headers.Authorization));
          const reason = await open({ fetch })
            .preEntrustSignApp(params)
            .catch((error) => error);
          everything.push(reason);
        }

        // A host in between that sends back what it received.
        for (const echo of [
          (text) => ({ code: 'X', message: text }),
          (text) => ({ code: 'X', message: signatureOf(text).slice(0, 60) }),
          (text) => ({ code: 'X', message: 'x', detail: { headers: [text] } }),
        ]) {
          const fetch = async (_, init) => {
            const text = init.headers.Authorization;
            authorizations.push(text);
            return new Response(JSON.stringify(echo(text)), {
              status: 502,
              headers: { 'Request-ID': signatureOf(text).slice(0, 100) },
            });
          };
          const reason = await open({ fetch })
            .preEntrustSignApp(params)
            .catch((error) => error);
          assert.equal(reason.code, 'X');
          everything.push(reason);
        }

        // The same, in a response that claims to be signed.
        const claiming = async (_, init) => {
          const text = signatureOf(init.headers.Authorization);
          authorizations.push(init.headers.Authorization);
          const headers = { ...signedHeaders(result), 'Wechatpay-Serial': text.slice(0, 100) };
          headers['Request-ID'] = text.slice(0, 100);
          return new Response(result, { headers });
        };
        const refusal = await open({ fetch: claiming })
          .preEntrustSignApp(params)
          .catch((error) => error);
        assert.equal(refusal.code, 'ERR_SERIAL_UNKNOWN');
        everything.push(refusal);

        const thrown = (changed) => {
          try {
            open(changed);
          } catch (reason) {
            everything.push(reason);
          }
        };
        const pem = options.privateKey;
        thrown({ mchid: pem });
        thrown({ serial: pem });
        thrown({ privateKey: pem.slice(0, -60) });
        thrown({ privateKey: pem.replace('BEGIN PRIVATE', 'BEGIN SECRET') });
        thrown({ certs: { [pem]: pem } });
        thrown({ certs: { [pem]: 7 } });
        thrown({ certs: { PUB_KEY_ID_01: pem } });
        thrown({ certs: pem });
        thrown({ baseUrl: pem });
        thrown({ apiv3Key: pem });
        thrown({ timeout: pem });
        thrown({ fetch: pem });
        thrown({ [pem]: 1 });
        thrown({ [apiv3Key]: 1 });
        thrown({ certs: { [apiv3Key]: pem } });
        thrown({ privateKey: Buffer.from(pem).subarray(0, 1200) });
        for (const name of [
          'MCHID',
          'SERIAL',
          'PRIVATE_KEY',
          'PUBLIC_KEY',
          'APIV3_KEY',
          'BASE_URL',
        ]) {
          const env = { WECHATPAY_MCHID: '1', WECHATPAY_SERIAL: '1', WECHATPAY_PRIVATE_KEY: pem };
          Object.assign(env, { WECHATPAY_PUBLIC_KEY_ID: pem, WECHATPAY_PUBLIC_KEY: pem });
          env[`WECHATPAY_${name}`] = `${pem}${apiv3Key}`;
          try {
            Wechatpay.fromEnv(env);
          } catch (reason) {
            everything.push(reason);
          }
        }
        everything.push(
          await wxpay.preEntrustSignApp({ appid: pem, outContractCode: pem }).catch((e) => e),
        );
        everything.push(
          await wxpay.preEntrustSignApp({ appid: 'w', outContractCode: pem }).catch((e) => e),
        );
      },
    ),
  );

  assert.ok(authorizations.length >= 6);
  assert.ok(everything.filter((value) => value instanceof Error).length >= 40);
  for (const authorization of authorizations) {
    const [, signature] = /signature="([^"]+)"/.exec(authorization);
    secrets.push(
      authorization,
      signature.slice(0, 50),
      encodeURIComponent(signature).slice(60, 160),
    );
  }
  const all = `${everything.map(shown).join('\n')}\n${output}`;
  for (const secret of secrets) {
    assert.ok(!all.includes(secret), `shown: ${secret.slice(0, 8)}…`);
  }
  assert.equal(output, '', 'the package writes nothing');
});

const responses = [
  (response) => response.writeHead(200, signedHeaders(result)).end(result),
  (response) => response.writeHead(200).end(result),
  (response) => response.writeHead(200, signedHeaders(result)).end(`${result} `),
  (response) => response.writeHead(401).end('{"code":"SIGN_ERROR","message":"x","detail":{}}'),
  (response) => response.writeHead(302, { Location: '/' }).end(),
  (response) => response.destroy(),
];
