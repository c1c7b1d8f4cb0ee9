// The example of a container, without docker: its server in the suite of all examples, and what Dockerfile and
// compose files say, run as it stands there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { parse } from 'yaml';
import { root } from '../../scripts/run.mjs';
import { post, takesNotifications } from './requests.mjs';
import { whileServing } from './started.mjs';
import { suiteOf } from './suite.mjs';

suiteOf('container');

const cwd = join(root, 'examples-node/hosts/container');
const text = (file) => readFileSync(join(cwd, file), 'utf8');
const dockerfile = text('Dockerfile').replaceAll('\\\n', '');

/** The arguments of the one instruction of this name, written as JSON. */
const listOf = (instruction) =>
  JSON.parse(dockerfile.match(new RegExp(`^${instruction}\\b.*?(\\[.*\\])$`, 'm'))[1]);

describe('in a container', { timeout: 120_000 }, () => {
  let folder;
  let sandbox;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
    sandbox = await createSandbox();
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const makesContracts = async (url) => {
    const response = await post(`${url}/contracts`, '{"outContractCode":"CONTAINER_1"}');
    assert.equal(response.status, 200);
  };

  test('the image has no key, and its user is not root', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.*) \.\/$/gm)].map(([, files]) => files);
    assert.deepEqual(copied, ['package*.json', 'server.mjs']);
    assert.match(dockerfile, /^USER node$/m);
    const compose = parse(text('compose.yaml'));
    for (const { file } of Object.values(compose.secrets)) assert.match(file, /^\.\/secrets\//);
    assert.deepEqual(compose.services.app.secrets, Object.keys(compose.secrets));
  });

  test('the environment of compose.yaml, with its secrets as files, configures the client', async () => {
    const { mchid, cert, privateKey, certs, apiv3Key, baseUrl } = sandbox.options;
    const [[id, publicKey]] = Object.entries(certs);
    const secrets = {
      apiclient_cert: cert,
      apiclient_key: privateKey,
      pub_key: publicKey,
      apiv3_key: `${apiv3Key}\n`, // as editors end a file
    };
    for (const [name, secret] of Object.entries(secrets)) writeFileSync(join(folder, name), secret);
    const { environment } = parse(text('compose.yaml')).services.app;
    const env = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace('/run/secrets', folder),
      ]),
    );
    const ours = { WECHATPAY_MCHID: mchid, WECHATPAY_PUBLIC_KEY_ID: id };
    const rest = { WECHATPAY_BASE_URL: baseUrl, HOST: '127.0.0.1' };

    const [program, ...args] = listOf('CMD');
    assert.equal(program, 'node');
    const options = { cwd, env: { ...env, ...ours, ...rest } };
    await whileServing([process.execPath, args, options], async (url) => {
      await makesContracts(url);
      await takesNotifications(url, sandbox);
      assert.equal(await health(url), 0);
    });
    assert.equal(await health('http://127.0.0.1:9'), 1);
  });

  // The command of HEALTHCHECK, at the port that the test has.
  async function health(url) {
    const [program, ...args] = listOf('HEALTHCHECK');
    assert.equal(program, 'node');
    const here = args.map((arg) => arg.replace('http://127.0.0.1:3000', url));
    return new Promise((resolve) => {
      execFile(process.execPath, here, (error) => resolve(error ? error.code : 0));
    });
  }

  test('beside the sandbox of docker/, its env file configures the client', async () => {
    const { wechatpay, app } = parse(text('compose.sandbox.yaml')).services;
    const image = join(cwd, wechatpay.build, 'Dockerfile');
    const [, ...entry] = JSON.parse(readFileSync(image, 'utf8').match(/^ENTRYPOINT (.*)$/m)[1]);
    assert.equal(app.network_mode, 'service:wechatpay');

    const here = (words) => words.map((word) => word.replace('/run/wechatpay', folder));
    const cli = join(root, 'examples-node/node_modules/wechatpay-wasm/dist/cli.mjs');
    // The test cannot count on the image's port being free.
    const port = await freePort();
    const free = entry.map((word) => (word === '8080' ? port : word));
    const command = [cli, ...free, ...here(wechatpay.command)];
    const env = { PATH: process.env.PATH, HOME: folder };
    await whileServing([process.execPath, command, { cwd, env }], async () => {
      assert.ok(existsSync(join(folder, 'client.env')));
      const [program, ...args] = here(app.command);
      assert.equal(program, 'node');
      const options = { cwd, env: { HOST: '127.0.0.1' } };
      await whileServing([process.execPath, args, options], makesContracts);
    });
  });
});

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return String(port);
}
