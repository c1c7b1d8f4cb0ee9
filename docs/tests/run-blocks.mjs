// Runs the blocks of a page that say `run`, in a folder that has the package installed, against a
// sandbox, and as somebody would who follows the page.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { placeOf } from './code-blocks.mjs';
import { commandFile, packageFolder } from './installed.mjs';

const runner = fileURLToPath(new URL('run-page.mjs', import.meta.url));
const TIMEOUT = 60_000;
const KEPT = 4_000;

/** What can be run, in the order of the page: modules of joined blocks, and blocks of shell. */
export function unitsOf(blocks) {
  const units = [];
  let module;
  for (const block of blocks.filter(({ isRun }) => isRun)) {
    if (block.language === 'sh') units.push({ kind: 'sh', blocks: [block] });
    else {
      if (module === undefined || block.isNew) {
        module = { kind: 'js', blocks: [] };
        units.push(module);
      }
      module.blocks.push(block);
    }
  }
  return units;
}

/**
 * Runs the units of one page, one after the other, in one folder.
 *
 * @returns {Promise<Map<object, string>>} what is wrong with each that failed
 */
export async function runUnits(units, { language }) {
  if (units.length === 0) return new Map();
  const { createSandbox } = await import(
    pathToFileURL(join(packageFolder, 'dist/sandbox.mjs')).href
  );
  const sandbox = await createSandbox();
  const folder = await mkdtemp(join(tmpdir(), 'docs-page-'));
  const failed = new Map();
  try {
    const env = await settle(folder, sandbox.options, language);
    for (const unit of units) {
      const problem = await (unit.kind === 'sh' ? runShell : runModule)(unit, folder, env);
      if (problem !== undefined) failed.set(unit, problem);
    }
    return failed;
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Puts into the folder what the reader has there; gives the environment. */
async function settle(folder, options, language) {
  const bin = join(folder, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await symlink(packageFolder, join(folder, 'node_modules/wechatpay-wasm'), 'junction');
  await symlink(commandFile, join(bin, 'wechatpay-wasm'));
  const { mchid, serial, cert, privateKey, certs, apiv3Key, baseUrl } = options;
  const [[publicKeyId, publicKey]] = Object.entries(certs);
  await writeFile(join(folder, 'apiclient_key.pem'), privateKey);
  await writeFile(join(folder, 'apiclient_cert.pem'), cert);
  await writeFile(join(folder, 'pub_key.pem'), publicKey);
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(WECHATPAY|NODE_TEST)_/.test(name),
  );
  return {
    ...Object.fromEntries(others),
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_CERT: cert,
    WECHATPAY_PRIVATE_KEY: privateKey,
    WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
    WECHATPAY_PUBLIC_KEY: publicKey,
    WECHATPAY_APIV3_KEY: apiv3Key,
    WECHATPAY_BASE_URL: baseUrl,
    WECHATPAY_LOCALE: language === 'zh' ? 'zh-CN' : 'en',
    NO_COLOR: '1',
    // npx takes the installed command, or none.
    npm_config_offline: 'true',
    npm_config_yes: 'false',
    npm_config_update_notifier: 'false',
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  };
}

async function runModule({ blocks }, folder, env) {
  const [first] = blocks;
  // Every line stands where the page has it, so that a stack names the page's lines.
  const lines = [];
  for (const { line, code } of blocks) {
    const code_ = code.split('\n');
    lines.length = Math.max(lines.length, line);
    lines.splice(line, code_.length, ...code_);
  }
  const text = Array.from(lines, (line) => line ?? '').join('\n');
  const file = join(folder, `page-${first.line}.mjs`);
  await writeFile(file, `${text}\n`);
  const args = [runner, file, ...(takesGlobals(text) ? ['--globals'] : [])];
  const { code, output } = await ended(process.execPath, args, { cwd: folder, env });
  if (code === 0) return undefined;
  const said = output.replaceAll(pathToFileURL(file).href, first.page).replaceAll(file, first.page);
  return `${placeOf(first)}: the module that begins here ${inWords(code)}\n${said}`;
}

/** Whether it uses `wxpay` or `sandbox` without a declaration of its own. */
function takesGlobals(text) {
  return ['wxpay', 'sandbox'].some((name) => {
    const declared = new RegExp(`\\b(const|let|var|function|using)\\s+(\\{[^}]*)?\\b${name}\\b`);
    return new RegExp(`(?<![.\\w'/-])${name}\\b(?!['-])`).test(text) && !declared.test(text);
  });
}

async function runShell({ blocks: [block] }, folder, env) {
  const args = ['-euo', 'pipefail', '-c', block.code];
  const { code, output } = await ended('bash', args, { cwd: folder, env });
  if (code === 0) return undefined;
  return `${placeOf(block)}: this block ${inWords(code)}\n${output}`;
}

const inWords = (code) =>
  code === 'late' ? `did not end in ${TIMEOUT / 1000} s` : `ended with ${code}`;

function ended(program, args, options) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it started ends with it.
    const child = spawn(program, args, {
      ...options,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-KEPT);
      });
    }
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, TIMEOUT);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      end();
      resolve({ code: late ? 'late' : (code ?? signal), output });
    });
  });
}
