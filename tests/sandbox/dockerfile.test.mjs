// docker/Dockerfile, without docker: each of its commands is run as it stands there.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { until } from './receiver.mjs';

const at = (path) => new URL(`../../${path}`, import.meta.url);
const dockerfile = readFileSync(at('docker/Dockerfile'), 'utf8').replaceAll('\\\n', '');
const { version } = JSON.parse(readFileSync(at('pkg-template/package.json'), 'utf8'));
const tarball = at(`target/pack/wechatpay-wasm-${version}.tgz`);

/** The arguments of the one instruction of this name, written as JSON. */
const listOf = (instruction) =>
  JSON.parse(dockerfile.match(new RegExp(`^${instruction}.*?(\\[.*\\])$`, 'm'))[1]);

describe('the Dockerfile', { timeout: 120_000, skip: process.platform === 'win32' }, () => {
  let folder;
  let port;
  let env;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    ({ port } = probe.address());
    probe.close();
    env = { ...process.env, PATH: `${join(folder, 'package/bin')}:${process.env.PATH}` };
  });
  after(() => rmSync(folder, { recursive: true }));

  // The test cannot count on the image's port being free.
  const here = (words) => words.map((word) => word.replace('8080', String(port)));
  const run = ([program, ...args], options = {}) =>
    new Promise((resolve) => {
      execFile(program, args, { cwd: folder, env, ...options }, (error, stdout, stderr) =>
        resolve({ code: error ? error.code : 0, stdout, stderr }),
      );
    });

  test('names this version, and another user than root', () => {
    assert.match(dockerfile, new RegExp(`^ARG PACKAGE=wechatpay-wasm@${version}$`, 'm'));
    assert.match(dockerfile, /^USER 1000$/m);
    assert.match(dockerfile, /^EXPOSE 8080$/m);
    const [, last] = dockerfile.split('\nUSER ');
    assert.doesNotMatch(last, /^(?:RUN|USER)/m);
  });

  test('its installation, entry point and health check work', {
    skip: existsSync(tarball) ? false : 'needs the packed tarball',
  }, async () => {
    copyFileSync(tarball, join(folder, 'local.tgz'));
    const install = dockerfile.match(/^RUN (npm install .*)$/m)[1];
    const line = install.replace('/package', join(folder, 'package'));
    const built = await run(['sh', '-c', line], { env: { ...env, PACKAGE: './local.tgz' } });
    assert.equal(built.code, 0, built.stderr);

    const health = listOf('HEALTHCHECK');
    assert.equal((await run(here(health))).code, 1);
    const [program, ...args] = here([...listOf('ENTRYPOINT'), ...listOf('CMD')]);
    const child = spawn(program, args, { cwd: folder, env });
    const closed = once(child, 'close');
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    await until(() => /until Ctrl\+C\.$/m.test(printed));
    assert.deepEqual(await run(here(health)), { code: 0, stdout: '', stderr: '' });

    // Another container calls it by its name, and not by loopback.
    assert.equal(await statusOf('127.0.0.1', 'wechatpay:8080'), 404);
    assert.equal(await statusOf('127.0.0.1', 'other:8080'), 403);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (outside !== undefined) {
      assert.equal(await statusOf(outside.address, 'wechatpay:8080'), 404);
      // The page and the control API are the container's own.
      assert.equal(await statusOf(outside.address, `localhost:${port}`, '/-/session'), 403);
    }

    const base = dockerfile.match(/^ENV (WECHATPAY_BASE_URL)=(.*)$/m).slice(1);
    const known = { ...env, [base[0]]: here([base[1]])[0] };
    const pay = await run(['wechatpay-wasm', 'pay', 'NONE_1'], { env: known });
    assert.equal(pay.stderr, 'The sandbox refuses: there is no order NONE_1.\n');

    // As `docker stop` does.
    child.kill('SIGTERM');
    assert.deepEqual(await closed, [0, null]);
    assert.equal((await run(here(health))).code, 1);
    assert.equal(printed.match(/^GET/gm).length, outside === undefined ? 1 : 2, printed);
  });

  async function statusOf(host, name, path = '/') {
    const request = get({ host, port, path, headers: { host: name } });
    const [response] = await once(request, 'response');
    response.resume();
    return response.statusCode;
  }
});
