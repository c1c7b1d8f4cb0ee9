// Whom the sandbox answers: programs that call it by a name of loopback, and no page of a browser.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertSigned, send } from './signed-request.mjs';

describe('the callers of a sandbox', () => {
  let sandbox;
  let port;
  before(async () => {
    const allowedHosts = ['Host.Docker.Internal', 'tunnel.example:8443', '[fd00::1]'];
    sandbox = await createSandbox({ allowedHosts });
    port = new URL(sandbox.url).port;
  });
  after(() => sandbox.close());

  const answered = async (headers) => {
    sandbox.requests.length = 0;
    const response = await send(sandbox, { headers });
    assert.equal(response.status, 200, JSON.stringify(headers));
    assertSigned(response, sandbox);
    assert.equal(sandbox.requests.length, 1);
  };

  /** Refused, as if it had not arrived: the next call gets the fault. */
  const refused = async (headers, message) => {
    sandbox.requests.length = 0;
    sandbox.faults = { status: 503, times: 1 };
    const request = { headers: { ...headers, 'Sandbox-Faults': headers.faults } };
    delete request.headers.faults;
    const response = await send(sandbox, request);
    assert.equal(response.status, 403, JSON.stringify(headers));
    assert.equal(response.json.code, 'NO_AUTH');
    assert.match(response.json.message, message);
    assert.match(response.json.message, /allowedHosts, or with --allow-host$/);
    assert.equal(response.headers['wechatpay-signature'], undefined);
    assert.equal(response.headers['access-control-allow-origin'], undefined);
    assert.deepEqual(sandbox.requests, []);
    assert.deepEqual(sandbox.faults, { status: 503, times: 1 });
    sandbox.faults = undefined;
  };

  test('the names and addresses of loopback, with its own port', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LocalHost', '127.1.2.3', '[::1]']) {
      await answered({ Host: `${name}:${port}` });
    }
  });

  test('the hosts that an option names, with any port or with its own', async () => {
    for (const host of [
      'host.docker.internal',
      `host.docker.internal:${port}`,
      'HOST.DOCKER.INTERNAL:1',
      'tunnel.example:8443',
      '[FD00::1]:9',
    ]) {
      await answered({ Host: host });
    }
  });

  test('no other host: its owner may let it lead to loopback', async () => {
    for (const host of [
      `rebound.example:${port}`,
      `127.0.0.1.rebound.example:${port}`,
      `localhost.example:${port}`,
      `127.0.0.1:${Number(port) ^ 1}`,
      '127.0.0.1',
      'localhost',
      'tunnel.example',
      'tunnel.example:8444',
      `evil@127.0.0.1:${port}`,
      `127.0.0.1:${port}, rebound.example`,
    ]) {
      await refused({ Host: host }, /^the sandbox does not answer to the Host "/);
    }
  });

  test('no page, whatever it sends', async () => {
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'http://127.0.0.1:1', faults: 'drop' },
      { Origin: `https://127.0.0.1:${port}.evil.example` },
      { Origin: `http://127.0.0.1:${port}, https://evil.example` },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site', Referer: 'http://127.0.0.1:1/page' },
      { 'Sec-Fetch-Site': 'cross-site', Referer: 'https://evil.example/"\u00e9' },
    ]) {
      await refused(headers, /^the sandbox answers no web page, and this request comes from "/);
    }
  });

  test('its own page, a page of a host that an option names, and an address that a person typed', async () => {
    for (const headers of [
      { Origin: `http://127.0.0.1:${port}` },
      { Origin: `http://localhost:${port}`, 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://host.docker.internal' },
      { Origin: 'https://tunnel.example:8443' },
      { 'Sec-Fetch-Site': 'cross-site', Referer: 'http://host.docker.internal:3000/page' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'same-origin' },
      { Referer: 'https://docs.example/' },
    ]) {
      await answered(headers);
    }
  });

  test('a wrong list of hosts', async () => {
    for (const allowedHosts of [
      'host.docker.internal',
      [''],
      ['http://x'],
      ['a b'],
      ['x:port'],
      ['x/y'],
      [1],
      null,
    ]) {
      await assert.rejects(createSandbox({ allowedHosts }), {
        name: 'TypeError',
        message: /^createSandbox: allowedHosts must be an array of host names/,
      });
    }
  });
});
