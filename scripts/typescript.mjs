// The TypeScripts of package.json's devDependencies, each as a function that compiles a project.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { listen, root } from './run.mjs';

/**
 * Opens the compiler that is installed under the name `name`. Its `compile` takes a folder with a
 * tsconfig.json, and gives what the compiler says of it: nothing, if all is well.
 */
export async function openTypeScript(name) {
  const folder = join(root, 'node_modules', name);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const library = join(folder, 'lib/typescript.js');
  return { version, ...(existsSync(library) ? inThread(library) : asProgram(folder)) };
}

// A compiler that stays is warm, and takes far less time than one that is started for each project.
function inThread(library) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { library } });
  const compile = async (project) => {
    worker.postMessage(project);
    const [said] = await once(worker, 'message');
    return said;
  };
  return { compile, close: () => worker.terminate() };
}

// TypeScript 7 is a program, whose API is not settled; it starts at once.
function asProgram(folder) {
  const tsc = join(folder, 'bin/tsc');
  const compile = async (project) => {
    const { code, output } = await listen(process.execPath, [
      ...[tsc, '--project', project],
      ...['--pretty', 'false'],
    ]);
    return code === 0 || output !== '' ? output : `ended with ${code}`;
  };
  return { compile, close: () => {} };
}

function said(ts, project) {
  const { sys } = ts;
  const unread = [];
  const onUnRecoverableConfigFileDiagnostic = (diagnostic) => unread.push(diagnostic);
  const config = ts.getParsedCommandLineOfConfigFile(
    join(project, 'tsconfig.json'),
    {},
    { ...sys, onUnRecoverableConfigFileDiagnostic },
  );
  const diagnostics = config ? [...config.errors, ...ofProgram(ts, config)] : unread;
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });
}

function ofProgram(ts, { fileNames, options }) {
  return ts.getPreEmitDiagnostics(ts.createProgram({ rootNames: fileNames, options }));
}

if (!isMainThread) {
  const ts = createRequire(import.meta.url)(workerData.library);
  parentPort.on('message', (project) => parentPort.postMessage(said(ts, project)));
}
