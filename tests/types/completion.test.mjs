// What an editor offers while somebody types the chain, as TypeScript's language service reports
// it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import ts from 'typescript-5.9';

const typed = fileURLToPath(new URL('typed.mts', import.meta.url));
const options = {
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
};

/** What is offered at the end of `expression`. The text is only in memory. */
function offered(expression) {
  const text = `import type { Wechatpay } from 'wechatpay-wasm';
declare const wxpay: Wechatpay;
${expression}`;
  const content = (path) => (path === typed ? text : readFileSync(path, 'utf8'));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [typed],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) =>
      path === typed || ts.sys.fileExists(path)
        ? ts.ScriptSnapshot.fromString(content(path))
        : undefined,
    getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === typed || ts.sys.fileExists(path),
    readFile: content,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  try {
    const { entries } = service.getCompletionsAtPosition(typed, text.length, {}) ?? { entries: [] };
    return entries.map(({ name }) => name);
  } finally {
    service.dispose();
  }
}

function offers(expression, names) {
  const entries = offered(expression);
  for (const name of names) assert.ok(entries.includes(name), `${expression}${name}: ${entries}`);
}

test('v3 offers the paths that the package knows', () => {
  offers('wxpay.', ['v3', 'chain', 'preEntrustSignApp']);
  offers('wxpay.v3.', ['pay', 'ecommerce', 'certificates', 'refund', 'bill', 'chain']);
  offers('wxpay.v3.pay.transactions.', ['jsapi', 'native', 'outTradeNo', 'id']);
  offers('wxpay.v3.pay.transactions.jsapi.', ['post', 'postAsync', 'get', 'delete']);
  offers('wxpay.v3.ecommerce.individualContracts.', ['preEntrustSign']);
});

test('for an unknown path, only the verbs are offered', () => {
  offers('wxpay.v3.merchantService.complaintsV2.', ['get', 'post', 'put', 'patch', 'delete']);
});
