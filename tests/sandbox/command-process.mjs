// `npx wechatpay-wasm` as a process of its own, from the packed tarball.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(
  new URL('../node_modules/wechatpay-wasm/dist/cli.mjs', import.meta.url),
);
// The working directory, from which commands find the package.
export const cwd = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs the command until it ends.
 *
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string, input?: string }} [options]
 */
export const run = (args, { env = {}, cwd: folder = cwd, input } = {}) =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
    const all = [cli, ...args];
    const child = execFile(process.execPath, all, options, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
    if (input !== undefined) child.stdin.end(input);
  });

/** Starts the command, and resolves when the output matches `line`. */
export const start = async (args, line, options = {}) => {
  const child = spawn(process.execPath, [cli, ...args], { cwd, ...options });
  const printed = { stdout: '', stderr: '' };
  await new Promise((resolve, reject) => {
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        printed[stream] += text;
        if (line.test(printed[stream])) resolve();
      });
    }
    child.once('close', () => reject(new Error(`it ended: ${printed.stderr}`)));
  });
  const end = async (signal) => {
    child.kill(signal);
    const [code, by] = await once(child, 'close');
    return { code, by, ...printed };
  };
  return { child, printed, end };
};

/** The variables of a dotenv file. */
export const variablesIn = (text) =>
  Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.match(/^([A-Z0-9_]+)=(?:"(.*)"|([^"\s]+))$/).slice(1))
      .map(([name, quoted, bare]) => [name, quoted?.replaceAll('\\n', '\n') ?? bare]),
  );
