// `wechatpay-wasm doctor`, as a process of its own, against a sandbox: faults that people have, planted one by one.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { makeCertificate } from '../../pkg-template/sandbox/certificate.mjs';
import { environmentOf } from '../environment-of.mjs';
import { onLoopback } from '../loopback.mjs';
import { key } from '../merchant.mjs';
import { run } from '../sandbox/command-process.mjs';

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);
// Other keys than those of the sandbox.
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (publicKey) => publicKey.export({ type: 'spki', format: 'pem' });

describe('wechatpay-wasm doctor', { timeout: 300_000 }, () => {
  let folder;
  let sandbox;
  let env;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wechatpay-wasm-'));
    sandbox = await createSandbox();
    env = { ...environmentOf(sandbox.options), WECHATPAY_CERT: sandbox.options.cert };
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs it, and reads what it prints. */
  async function doctor(environment, ...args) {
    const { code, stdout, stderr } = await run(['doctor', ...args], {
      env: environment,
      cwd: folder,
    });
    const result = JSON.parse(stdout);
    // Not the line of a key's head, which an advice may name.
    for (const name of ['WECHATPAY_PRIVATE_KEY', 'WECHATPAY_APIV3_KEY']) {
      const secret = environment[name]?.split('\n').at(-2) ?? environment[name];
      if (secret) assert.ok(!`${stdout}${stderr}`.includes(secret), `it shows ${name}`);
    }
    const statusOf = Object.fromEntries(result.checks.map(({ check, status }) => [check, status]));
    return { code, ...result, stderr, statusOf };
  }

  test('finds nothing where nothing is wrong, and claims no more', async () => {
    const { code, ok, statusOf, checks, stderr } = await doctor(env);
    assert.deepEqual([code, ok], [0, true], stderr);
    assert.deepEqual(statusOf, {
      variables: 'ok',
      mchid: 'ok',
      privateKey: 'ok',
      serial: 'ok',
      certificate: 'ok',
      serialOfCertificate: 'ok',
      certificateAndKey: 'ok',
      validity: 'ok',
      publicKey: 'ok',
      baseUrl: 'ok',
      proxy: 'ok',
      dns: 'ok',
      connection: 'ok',
      clock: 'ok',
      echo: 'ok',
      // A merchant with the public key alone has no certificate that the key could open.
      apiv3Key: 'ok',
      apiv3KeyMatch: 'unknown',
    });
    const { says } = checks.at(-1);
    assert.match(says, /^Nothing could show that it is the merchant platform’s/);
    assert.match(stderr, /^✓ echo: 127\.0\.0\.1:\d+ accepts this merchant number/m);
    assert.match(stderr, /No check failed\.\n$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no colour where there is no terminal
    assert.doesNotMatch(stderr, /\x1b/);
  });

  test('shows the APIv3 key by a certificate that it opens', async (t) => {
    const old = await createSandbox({ merchant: 'certificates' });
    t.after(() => old.close());
    const {
      WECHATPAY_PUBLIC_KEY: _,
      WECHATPAY_PUBLIC_KEY_ID: __,
      ...rest
    } = environmentOf(old.options);
    const auto = { ...rest, WECHATPAY_CERTS: 'auto' };
    const well = await doctor(auto);
    assert.equal(well.code, 0, well.stderr);
    assert.equal(well.statusOf.apiv3KeyMatch, 'ok');
    assert.match(
      well.checks.at(-1).says,
      /^It opened (?:a platform certificate|\d platform certificates):/,
    );

    const wrong = await doctor({ ...auto, WECHATPAY_APIV3_KEY: '0'.repeat(32) });
    const found = wrong.checks.find(({ status }) => status === 'failed');
    assert.equal(wrong.code, 1);
    assert.match(found.mend, /32 characters/);
    const given = { ...environmentOf(old.options), WECHATPAY_APIV3_KEY: '0'.repeat(32) };
    const { checks } = await doctor(given);
    const last = checks.at(-1);
    assert.deepEqual([last.check, last.status], ['apiv3KeyMatch', 'failed']);
  });

  test('needs no network with --offline', async () => {
    const { code, statusOf } = await doctor({ ...env, WECHATPAY_BASE_URL: '' }, '--offline');
    assert.equal(code, 0);
    assert.equal(statusOf.echo, undefined);
    // Its length shows little.
    const { checks } = await doctor(env, '--offline');
    const { says } = checks.find(({ check }) => check === 'apiv3Key');
    assert.match(says, /does not show that it is the merchant platform’s/);
  });

  /** Finds that the check has failed, as the first one, and says what to do. */
  async function finds(
    environment,
    { check, says, mend, status = 'failed', args = [], code = status === 'failed' ? 1 : 0 },
  ) {
    const result = await doctor(environment, ...args);
    const found = result.checks.find((each) => each.status === status);
    assert.equal(found?.check, check, result.stderr);
    if (says) assert.match(found.says, says);
    assert.match(found.mend, mend);
    assert.ok(result.stderr.includes(found.mend), 'a person is told, too');
    assert.equal(result.code, code);
    return result;
  }

  const expired = () => {
    const { privateKey: merchantKey } = sandbox.options;
    const publicKey = createPublicKey(merchantKey);
    const validity = { notBefore: now - 10 * DAY, notAfter: now - DAY };
    return makeCertificate({ publicKey, privateKey: merchantKey }, validity);
  };

  const FAULTS = {
    'a variable that is missing': {
      plant: () => ({ WECHATPAY_PRIVATE_KEY: undefined }),
      check: 'variables',
      says: /^privateKey: WECHATPAY_PRIVATE_KEY is not set/,
      mend: /`wechatpay-wasm env > \.env`/,
    },
    'a certificate that is set twice': {
      plant: () => ({ WECHATPAY_CERT_FILE: '/no/such/file.pem' }),
      check: 'variables',
      says: /^cert: WECHATPAY_CERT and WECHATPAY_CERT_FILE are both set; set one of them/,
      mend: /that is named once/,
    },
    'another word than auto': {
      plant: () => ({ WECHATPAY_CERTS: 'yes' }),
      check: 'variables',
      mend: /^Set WECHATPAY_CERTS=auto/,
    },
    'a level that no log has': {
      plant: () => ({ WECHATPAY_LOG: 'verbose' }),
      check: 'variables',
      mend: /^Set WECHATPAY_LOG to debug/,
    },
    'the name of another SDK': {
      plant: () => ({
        WECHATPAY_MCHID: undefined,
        WECHATPAY_MCH_ID: '1900007291',
        WECHATPAY_SERIAL_NO: '1',
      }),
      check: 'otherNames',
      status: 'warning',
      code: 1,
      says: /^WECHATPAY_MCH_ID is not read; here it is WECHATPAY_MCHID\.$/,
      mend: /^Rename/,
    },
    'a file that is not there': {
      plant: () => ({
        WECHATPAY_PRIVATE_KEY: undefined,
        WECHATPAY_PRIVATE_KEY_FILE: '/no/such/file.pem',
      }),
      check: 'variables',
      says: /WECHATPAY_PRIVATE_KEY_FILE names cannot be read/,
      mend: /in the environment or in \.env/,
    },
    'a private key that was cut short': {
      plant: () => ({ WECHATPAY_PRIVATE_KEY: sandbox.options.privateKey.slice(0, 900) }),
      check: 'privateKey',
      mend: /apiclient_key\.pem/,
    },
    'a certificate and a key of different downloads': {
      plant: () => ({
        WECHATPAY_PRIVATE_KEY: other.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }),
      check: 'certificateAndKey',
      mend: /of the same download/,
    },
    'an expired certificate': {
      plant: () => {
        const { serialNo, pem: cert } = expired();
        return { WECHATPAY_CERT: cert, WECHATPAY_SERIAL: serialNo };
      },
      check: 'validity',
      says: /has expired/,
      mend: /^Renew the API certificate/,
    },
    "another merchant's certificate": {
      plant: () => ({
        WECHATPAY_MCHID: '1900007292',
        WECHATPAY_CERT: key('merchant.cert.pem'),
        WECHATPAY_SERIAL: undefined,
      }),
      check: 'certificate',
      mend: /must be WECHATPAY_MCHID/,
    },
    'a serial number beside another certificate': {
      plant: () => ({ WECHATPAY_SERIAL: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB' }),
      check: 'serialOfCertificate',
      mend: /^Remove WECHATPAY_SERIAL/,
    },
    'a serial number of another certificate': {
      plant: () => ({
        WECHATPAY_CERT: undefined,
        WECHATPAY_SERIAL: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
      }),
      check: 'echo',
      says: /^SIGN_ERROR/,
      mend: /^The serial number is not that of this merchant’s certificate/,
    },
    'a private key of another certificate': {
      plant: () => ({
        WECHATPAY_CERT: undefined,
        WECHATPAY_PRIVATE_KEY: other.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }),
      check: 'echo',
      says: /^SIGN_ERROR/,
      mend: /^The private key does not belong to the certificate/,
    },
    'another merchant number': {
      plant: () => ({ WECHATPAY_CERT: undefined, WECHATPAY_MCHID: '1900007291' }),
      check: 'echo',
      says: /^SIGN_ERROR/,
      mend: /^WeChat Pay does not know WECHATPAY_MCHID/,
    },
    'an APIv3 key that is too short': {
      plant: () => ({ WECHATPAY_APIV3_KEY: 'short' }),
      check: 'apiv3Key',
      mend: /32 characters/,
    },
    'an id of a public key that is none': {
      plant: () => ({ WECHATPAY_PUBLIC_KEY_ID: 'PUBKEYID0119000072912024101100397200000006' }),
      check: 'publicKey',
      mend: /PUB_KEY_ID_ and what follows/,
    },
    "the merchant's own public key as WeChat Pay's": {
      plant: () => ({ WECHATPAY_PUBLIC_KEY: pem(createPublicKey(sandbox.options.privateKey)) }),
      check: 'publicKey',
      mend: /download pub_key\.pem/,
    },
    "somebody else's public key": {
      plant: () => ({ WECHATPAY_PUBLIC_KEY: pem(other.publicKey) }),
      check: 'echo',
      mend: /^Probably the key of WECHATPAY_PUBLIC_KEY is not the one of WECHATPAY_PUBLIC_KEY_ID/,
    },
    'certificates to be downloaded, where there are none': {
      plant: () => ({
        WECHATPAY_PUBLIC_KEY: undefined,
        WECHATPAY_PUBLIC_KEY_ID: undefined,
        WECHATPAY_CERTS: 'auto',
      }),
      check: 'echo',
      mend: /WECHATPAY_PUBLIC_KEY, of .*, in place of WECHATPAY_CERTS/,
    },
    'an id of another public key': {
      plant: () => ({ WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000072912024101100397200000006' }),
      check: 'echo',
      mend: /WECHATPAY_PUBLIC_KEY_ID/,
    },
    'a base URL without https': {
      plant: () => ({ WECHATPAY_BASE_URL: 'http://pay.example' }),
      check: 'baseUrl',
      mend: /^Remove WECHATPAY_BASE_URL/,
    },
    'a port that nobody listens on': {
      plant: () => ({ WECHATPAY_BASE_URL: 'http://127.0.0.1:9' }),
      check: 'connection',
      says: /^127\.0\.0\.1:9: ECONNREFUSED/,
      mend: /firewall/,
    },
    'a host that does not exist': {
      plant: () => ({ WECHATPAY_BASE_URL: 'https://no-such-host.invalid' }),
      check: 'dns',
      says: /^no-such-host\.invalid:443: E/,
      mend: /DNS server/,
    },
    'a proxy that this Node does not use': {
      plant: () => ({ HTTPS_PROXY: 'http://127.0.0.1:9' }),
      check: 'proxy',
      status: 'warning',
      says: /^HTTPS_PROXY is set, but fetch of this Node/,
      mend: /NODE_USE_ENV_PROXY=1/,
    },
  };

  for (const [name, { plant, ...found }] of Object.entries(FAULTS)) {
    test(`finds ${name}, and says what to do`, async () => {
      const planted = Object.entries({ ...env, ...plant() });
      const set = planted.filter(([, value]) => value !== undefined);
      await finds(Object.fromEntries(set), found);
    });
  }

  for (const [name, minutes, says] of [
    ['behind', 10, /^This machine’s clock is \d+ s behind the server’s/],
    ['ahead', -10, /^This machine’s clock is \d+ s ahead of the server’s/],
  ]) {
    test(`finds a clock that is ${name}, and says what to do`, async (t) => {
      const away = await createSandbox({ clock: () => Date.now() + minutes * 60_000 });
      t.after(() => away.close());
      const environment = environmentOf(away.options);
      await finds(environment, { check: 'clock', says, mend: /NTP/ });
    });
  }

  for (const [name, respond, mend, says] of [
    [
      'a server that redirects',
      (response) => response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
      /^The server sends requests elsewhere/,
      /^ERR_REDIRECT/,
    ],
    [
      'a gateway that refuses',
      (response) => response.writeHead(403, { 'Content-Type': 'text/html' }).end('<html>'),
      /^It is not WeChat Pay that answers/,
      /^HTTP_403 \(HTTP 403/,
    ],
    [
      'a gateway that reaches nobody',
      (response) => response.writeHead(502).end(),
      /^A gateway answers/,
      /^HTTP_502 \(HTTP 502/,
    ],
  ]) {
    test(`finds ${name}, and claims no more`, async () => {
      const server = createHttpServer((_, response) => respond(response));
      const { url, close } = await onLoopback(server);
      const there = { ...env, WECHATPAY_BASE_URL: url };
      const { statusOf } = await finds(there, { check: 'echo', says, mend });
      assert.equal(statusOf.apiv3KeyMatch, 'skipped');
      server.closeAllConnections();
      await close();
    });
  }

  test('finds a server that does not answer', async () => {
    const server = createHttpServer(() => {});
    const { url, close } = await onLoopback(server);
    const there = { ...env, WECHATPAY_BASE_URL: url };
    await finds(there, { check: 'response', says: /no answer within 10 s/, mend: /gateway/ });
    server.closeAllConnections();
    await close();
  });

  test('finds a server with a certificate that nobody vouches for, and says what to do', async () => {
    const validity = { notBefore: now - DAY, notAfter: now + DAY };
    const { pem: cert } = makeCertificate(other, validity);
    const server = createServer({
      key: other.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert,
    });
    const { url, close } = await onLoopback(server);
    const there = { ...env, WECHATPAY_BASE_URL: url.replace('http:', 'https:') };
    await finds(there, { check: 'tls', says: /SELF_SIGNED/, mend: /NODE_EXTRA_CA_CERTS/ });
    await close();
  });

  test('says in Chinese what is wrong, and what to do', async () => {
    const wrong = { ...env, WECHATPAY_APIV3_KEY: 'short' };
    const { checks, stderr } = await doctor(wrong, '--offline', '--lang', 'zh-CN');
    assert.match(checks.find(({ status }) => status === 'failed').mend, /32 个字符/);
    assert.match(stderr, /如何修复：/);
    const { stderr: byLocale } = await doctor({ ...wrong, LANG: 'zh_CN.UTF-8' }, '--offline');
    assert.equal(byLocale, stderr);
  });

  test('finds the variables in flags, the environment and .env, in this order', async () => {
    const { WECHATPAY_MCHID: mchid, WECHATPAY_PRIVATE_KEY: pem, ...rest } = env;
    const quoted = pem.replaceAll('\n', '\\n');
    const file = join(folder, 'other.env');
    writeFileSync(
      file,
      `# a comment\nexport WECHATPAY_MCHID=1 # wrong\nWECHATPAY_PRIVATE_KEY="${quoted}"\n`,
    );
    const { code, checks, stderr } = await doctor(
      { ...rest, WECHATPAY_MCHID: '2' },
      ...['--env', file, '--mchid', mchid],
    );
    assert.equal(code, 0, stderr);
    const { says } = checks.find(({ check }) => check === 'variables');
    assert.match(says, /WECHATPAY_MCHID \(--mchid\)/);
    assert.match(says, /WECHATPAY_SERIAL \(environment\)/);
    assert.ok(says.includes(`WECHATPAY_PRIVATE_KEY (${file})`), says);
  });
});
