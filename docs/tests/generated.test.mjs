// The generated pages: every operation is there in both languages, every call compiles, every code and
// every message has its place.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkReport } from '../../scripts/api.mjs';
import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { endpointPages, groupsOf } from '../../scripts/docs/endpoints/index.mjs';
import { anchorOfOperation } from '../../scripts/docs/endpoints/page.mjs';
import { errorPages } from '../../scripts/docs/errors/index.mjs';
import { readCatalogue as readMessages } from '../../scripts/messages/catalogue.mjs';
import { readKinds } from '../../scripts/messages/kinds.mjs';
import { site } from '../../scripts/repository.mjs';
import { root } from '../../scripts/run.mjs';
import { blocksIn } from './code-blocks.mjs';
import { importPackage } from './installed.mjs';
import { checkTypes } from './type-check.mjs';

const GIVEN = `import { readFile } from 'node:fs/promises';
declare const url: string, download_url: string, hashType: 'SHA1', hashValue: string;
`;

describe('pages of endpoints', async () => {
  const { operations } = await readCatalogue();
  const both = await Promise.all(['en', 'zh'].map(endpointPages));

  for (const [i, language] of ['en', 'zh'].entries()) {
    test(`each operation has its section, once, ${language}`, () => {
      const { pages } = both[i];
      for (const { slug, operations: own } of groupsOf(operations)) {
        for (const operation of own) {
          const anchor = `{#${anchorOfOperation(operation)}}`;
          assert.equal(pages.get(slug).split(anchor).length, 2, `${slug} ${anchor}`);
          assert.ok(pages.get(slug).includes(operation.path), operation.path);
        }
      }
    });
  }

  test('both languages have the same calls', () => {
    const codes = both.map(({ pages }) =>
      [...pages].flatMap(([page, text]) => blocksIn(page, text).map(({ code }) => code)),
    );
    assert.deepEqual(codes[0], codes[1]);
    assert.ok(codes[0].length > 1000);
  });

  test('every call compiles', async () => {
    const blocks = [...both[0].pages].flatMap(([page, text]) => blocksIn(page, text));
    const calls = blocks.map((block) => ({
      ...block,
      language: 'ts',
      code: `${GIVEN}${block.code}\nexport {};`,
    }));
    const errors = await checkTypes(calls);
    assert.deepEqual([...errors.values()], []);
  });
});

describe('pages of errors', async () => {
  const both = await Promise.all(['en', 'zh'].map(errorPages));

  test('every code has a page in both languages', async () => {
    const { errors } = await readCatalogue();
    const own = (await readKinds()).map(({ code }) => code).filter((code) => /^\w+$/.test(code));
    for (const { pages } of both) {
      for (const code of [...own, ...errors.map((error) => error.code)])
        assert.ok(pages.has(code), code);
    }
  });

  test('every option of a client has a page in both languages', async () => {
    const { clientOptions } = await import('../../scripts/docs/errors/options.mjs');
    const options = await clientOptions();
    assert.ok(options.size > 15);
    for (const { pages } of both) {
      for (const option of options.keys()) assert.ok(pages.has(`ERR_CONFIG-${option}`), option);
    }
  });

  test('every message stands on the page of all messages', async () => {
    const messages = await readMessages();
    for (const { pages } of both) {
      const rows = pages
        .get('messages')
        .split('\n')
        .filter((line) => line.startsWith('| '));
      // Its heads and the line below them.
      assert.equal(rows.length - 2, messages.length);
    }
  });

  // What the client says, against the pages: options are read from the sources.
  const { Wechatpay } = await importPackage('wechatpay-wasm');
  const { createSandbox } = await importPackage('wechatpay-wasm/sandbox');
  for (const [option, value, words] of [
    ['mchid', 'x', 'must be the merchant number'],
    ['serial', 'no hex', 'must be the serial number'],
    [
      'privateKey',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'is a certificate',
    ],
    ['certs', {}, 'is empty'],
    ['baseUrl', 'http://example.com', 'must'],
    ['apiv3Key', 'short', 'must be the APIv3'],
  ]) {
    test(`the page of the option ${option} has what the client says`, async () => {
      const sandbox = await createSandbox();
      const { cert: _, ...options } = sandbox.options;
      await sandbox.close();
      let said;
      try {
        new Wechatpay({ ...options, [option]: value, locale: 'en' });
      } catch (error) {
        said = error;
      }
      assert.equal(said?.code, 'ERR_CONFIG');
      assert.equal(said.option, option);
      assert.ok(said.message.includes(words), said.message);
      const name = `ERR_CONFIG-${option}`;
      assert.equal(said.docs, `${site}en/errors/${name}.html`);
      const page = both[0].pages.get(name);
      const problem = said.message.slice(`${option}: `.length, `${option}: `.length + 12);
      assert.ok(page?.includes(problem), `${said.message}\n${page}`);
    });
  }
});

test('the report of the public surface is what the types say', checkReport);

test('a change of the types without the report is refused', async () => {
  const report = await readFile(join(root, 'pkg-template/api-report.md'), 'utf8');
  assert.match(report, /export class Wechatpay \{/);
  assert.match(report, /preEntrustSignApp\(/);
  assert.doesNotMatch(report, /\/\*\*/);
});
