// node bench/hosts/completion.mjs <file>
//
// Prints how many milliseconds TypeScript's language service takes to say what may follow `wxpay.v3.` at
// the end of a file, once it has read the files of the program.

import { readFileSync } from 'node:fs';

import ts from 'typescript-5.9';

const [file] = process.argv.slice(2);
const text = `${readFileSync(file, 'utf8')}wxpay.v3.`;
const options = {
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
  ...{ strict: true, skipLibCheck: true },
};
const content = (path) => (path === file ? text : readFileSync(path, 'utf8'));
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) =>
    ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(content(path)) : undefined,
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: content,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
service.getProgram();
const begun = performance.now();
const { entries } = service.getCompletionsAtPosition(file, text.length, {});
if (!entries.some(({ name }) => name === 'chain')) throw new Error('Nothing is offered.');
console.log(performance.now() - begun);
