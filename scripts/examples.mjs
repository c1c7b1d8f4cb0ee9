// The examples that serve HTTP requests, and how each is started: by the package's own command, so
// that it calls a sandbox.

import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bun, command, deno, node } from '../tests/runtimes/tools.mjs';
import { follow, root } from './run.mjs';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const next = command('next', 'dist/bin/next');
const inScripts = (name) => join(root, 'scripts', name);

// `command` is what runs in `folder`; `runtimes`, whether it needs those of tests/runtimes; `frameworks`,
// whether it needs those of examples-node/hosts; `aborts`, whether its host tells it that the caller has gone.
export const examples = [
  {
    name: 'express',
    file: 'examples-node/express.mjs',
    command: [process.execPath, 'express.mjs'],
  },
  {
    name: 'hono',
    file: 'examples-node/hono.mjs',
    command: [process.execPath, 'hono.mjs'],
  },
  {
    name: 'aws-lambda',
    file: 'examples-node/aws-lambda.mjs',
    command: [process.execPath, inScripts('serve-function.mjs'), 'lambda', 'aws-lambda.mjs'],
    aborts: false,
  },
  {
    name: 'tencent-scf',
    file: 'examples-node/hosts/tencent-scf.cjs',
    command: [process.execPath, inScripts('serve-function.mjs'), 'scf', 'tencent-scf.cjs'],
    aborts: false,
  },
  {
    name: 'cloudbase',
    file: 'examples-node/hosts/tencent-scf.cjs',
    command: [process.execPath, inScripts('serve-function.mjs'), 'cloudbase', 'tencent-scf.cjs'],
    aborts: false,
  },
  {
    name: 'alibaba-fc',
    file: 'examples-node/hosts/alibaba-fc.mjs',
    command: [process.execPath, inScripts('serve-function.mjs'), 'fc', 'alibaba-fc.mjs'],
    aborts: false,
  },
  {
    name: 'fastify',
    file: 'examples-node/hosts/fastify.mjs',
    frameworks: true,
    command: [process.execPath, 'fastify.mjs'],
  },
  {
    name: 'koa',
    file: 'examples-node/hosts/koa.mjs',
    frameworks: true,
    command: [process.execPath, 'koa.mjs'],
  },
  {
    name: 'egg',
    file: 'examples-node/hosts/egg/app/controller/wechatpay.js',
    folder: 'examples-node/hosts/egg',
    frameworks: true,
    command: [process.execPath, inScripts('serve-egg.mjs'), '.'],
    env: { EGG_KEYS: 'any text' },
  },
  {
    name: 'container',
    file: 'examples-node/hosts/container/server.mjs',
    command: [process.execPath, 'server.mjs'],
    env: { HOST: '127.0.0.1' },
  },
  nestjs('express'),
  nestjs('fastify'),
  {
    name: 'worker',
    file: 'examples-edge/worker.mjs',
    runtimes: true,
    // Miniflare wants Node 22.
    command: [node('24'), inScripts('serve-worker.mjs'), 'worker.mjs'],
    // It does on Cloudflare, and not here: cloudflare/workerd#5062.
    aborts: false,
  },
  {
    name: 'next',
    file: 'examples-edge/next/app/contracts/route.js',
    folder: 'examples-edge/next',
    runtimes: true,
    command: [node('24'), next, ...['dev', '--hostname', '127.0.0.1', '--port', '0']],
    prepare: () => linkNext('examples-edge/next'),
  },
  {
    name: 'nextjs',
    file: 'examples-node/hosts/nextjs/app/contracts/route.js',
    folder: 'examples-node/hosts/nextjs',
    runtimes: true,
    command: [node('24'), next, 'start', '--hostname', '127.0.0.1', '--port', '0'],
    prepare: buildNextjs,
  },
  {
    name: 'nuxt',
    file: 'examples-node/hosts/nuxt/server/routes/contracts.post.ts',
    folder: 'examples-node/hosts/nuxt',
    runtimes: true,
    frameworks: true,
    // Nuxt wants Node 22.
    command: [node('24'), inScripts('serve-on-free-port.mjs'), '.output/server/index.mjs'],
    env: { HOST: '127.0.0.1' },
    prepare: buildNuxt,
  },
  vercel('nodejs'),
  vercel('edge'),
  {
    name: 'deno',
    file: 'examples-edge/deno.mjs',
    runtimes: true,
    command: [deno, 'run', '--allow-net', '--allow-env', 'deno.mjs'],
  },
  {
    name: 'bun',
    file: 'examples-edge/bun.mjs',
    runtimes: true,
    command: [bun, 'bun.mjs'],
  },
].map((example) => ({ folder: example.file.replace(/\/[^/]*$/, ''), ...example }));

/** What starts an example on a sandbox: program, arguments and options, as `spawn` takes them. */
export function onSandbox(example) {
  const [installedIn] = example.folder.split('/');
  const cli = join(root, installedIn, 'node_modules/wechatpay-wasm/dist/cli.mjs');
  return [process.execPath, [cli, 'sandbox', '--', ...example.command], optionsOf(example)];
}

/** Where an example runs, and with which environment beside what names its WeChat Pay. */
export function optionsOf({ folder, env: own }) {
  // A free port, unless the caller has chosen one.
  const env = { PORT: '0', NEXT_TELEMETRY_DISABLED: '1', ...own, ...process.env };
  return { cwd: join(root, folder), env };
}

/** The address that a host prints once it listens. */
export const announced = /http:\/\/(?:127\.0\.0\.1|localhost):[1-9]\d*/;

let compiled;
function compileNestjs() {
  const args = [tsc, '--project', join(root, 'examples-node/hosts/nestjs')];
  compiled ??= follow('the TypeScript of NestJS', process.execPath, args);
  return compiled;
}

function nestjs(adapter) {
  return {
    name: `nestjs-${adapter}`,
    file: `examples-node/hosts/nestjs/main-${adapter}.ts`,
    frameworks: true,
    command: [process.execPath, `dist/main-${adapter}.js`],
    prepare: compileNestjs,
    // Its handlers are not told.
    aborts: false,
  };
}

function vercel(runtime) {
  return {
    name: `vercel-${runtime}`,
    file: 'examples-node/hosts/vercel/api/contracts.js',
    folder: 'examples-node/hosts/vercel',
    runtimes: runtime === 'edge',
    command: [process.execPath, inScripts('serve-vercel.mjs'), runtime, '.'],
    // On Vercel it does where vercel.json asks for it.
    aborts: false,
  };
}

// `npm install` would put them there; they are among the runtimes already.
async function linkNext(folder) {
  const packages = join(root, folder, 'node_modules');
  await mkdir(packages, { recursive: true });
  for (const name of ['next', 'react', 'react-dom']) {
    const link = join(packages, name);
    // It may lead to where this folder was before.
    await rm(link, { force: true });
    await symlink(command(name, '.'), link);
  }
}

let builtNuxt;
function buildNuxt() {
  const program = join(root, 'examples-node/hosts/node_modules/nuxt/bin/nuxt.mjs');
  const cwd = join(root, 'examples-node/hosts/nuxt');
  const env = { NUXT_TELEMETRY_DISABLED: '1' };
  builtNuxt ??= follow('nuxt build', node('24'), [program, 'build'], { cwd, env });
  return builtNuxt;
}

let builtNextjs;
function buildNextjs() {
  const folder = 'examples-node/hosts/nextjs';
  const cwd = join(root, folder);
  // No variable of the sandbox: what a build has in its environment must not matter.
  builtNextjs ??= linkNext(folder).then(() =>
    follow('next build', node('24'), [next, 'build'], {
      cwd,
      env: { NEXT_TELEMETRY_DISABLED: '1' },
    }),
  );
  return builtNextjs;
}
