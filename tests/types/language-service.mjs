// TypeScript's language service, as an editor asks it about a few lines that somebody types in an empty
// folder with the installed package.

import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import ts from 'typescript-5.9';

const folder = mkdtempSync(join(tmpdir(), 'wechatpay-types-'));
symlinkSync(
  fileURLToPath(new URL('../node_modules', import.meta.url)),
  join(folder, 'node_modules'),
  'junction',
);
const typed = join(folder, 'typed.mts');
const head = `import type { ApiError, Wechatpay } from 'wechatpay-wasm';
declare const wxpay: Wechatpay;
declare const error: ApiError;
`;
const options = {
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
  ...{ strict: true, skipLibCheck: true },
};

let text = head;
let version = 0;
const content = (path) => (path === typed ? text : readFileSync(path, 'utf8'));
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [typed],
  getScriptVersion: (path) => (path === typed ? String(version) : '1'),
  getScriptSnapshot: (path) =>
    path === typed || ts.sys.fileExists(path)
      ? ts.ScriptSnapshot.fromString(content(path))
      : undefined,
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (path) => path === typed || ts.sys.fileExists(path),
  readFile: content,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
after(() => service.dispose());

// The text is only in memory. Where somebody's cursor stands, there is a `|`.
function type(code) {
  const cursor = code.indexOf('|');
  text = head + (cursor < 0 ? code : code.slice(0, cursor) + code.slice(cursor + 1));
  version += 1;
  return head.length + cursor;
}

/** The names that are offered at the cursor. */
export function offered(code) {
  const { entries } = service.getCompletionsAtPosition(typed, type(code), {}) ?? { entries: [] };
  return entries.map(({ name }) => name);
}

/** What is shown of the name at the cursor: its type and its documentation. */
export function shown(code) {
  const info = service.getQuickInfoAtPosition(typed, type(code));
  const text = (parts) => ts.displayPartsToString(parts ?? []);
  const tags = (info?.tags ?? []).map(({ name }) => `@${name}`);
  return [text(info?.displayParts), text(info?.documentation), ...tags].join('\n');
}

/** The tags of the name at the cursor, such as `@throws`, with the text that is shown beside each. */
export function tagsShown(code) {
  const info = service.getQuickInfoAtPosition(typed, type(code));
  return (info?.tags ?? []).map(({ name, text }) => ({
    name,
    text: ts.displayPartsToString(text ?? []),
  }));
}

/** What the compiler says of the code, one message after the other. */
export function said(code) {
  type(code);
  return service
    .getSemanticDiagnostics(typed)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
