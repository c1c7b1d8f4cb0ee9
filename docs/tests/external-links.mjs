// Addresses of other hosts that the site links to. No test can follow them, so each has a known form, and a
// document of WeChat Pay's has a number that stands in the catalogue or in the sources.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, site } from '../../scripts/repository.mjs';
import { root } from '../../scripts/run.mjs';

const NUMBERS_IN = ['catalogue', 'messages', 'src', 'pkg-template'];
const DOCUMENT = /^https:\/\/pay\.weixin\.qq\.com\/doc\/v3\/[a-z-]+(?:\/[a-z-]+)*\/(\d{10})$/;
const OLDER = /^https:\/\/pay\.weixin\.qq\.com\/((?:wiki|docs)\/.+)$/;

const HOSTS = [
  ...['www.npmjs.com', 'nodejs.org', 'bun.sh', 'bun.com', 'deno.com', 'docs.deno.com'],
  ...['developers.cloudflare.com', 'vercel.com', 'docs.aws.amazon.com', 'aws.amazon.com'],
  ...['cloud.tencent.com', 'www.tencentcloud.com', 'docs.cloudbase.net', 'help.aliyun.com'],
  ...['www.alibabacloud.com', 'expressjs.com', 'fastify.dev', 'koajs.com', 'hono.dev'],
  ...['docs.nestjs.com', 'nextjs.org', 'nuxt.com', 'nitro.build', 'eggjs.org', 'www.eggjs.org'],
  ...['vitest.dev', 'jestjs.io', 'playwright.dev', 'docs.docker.com', 'nginx.org'],
  ...['developer.mozilla.org', 'www.rfc-editor.org', 'opentelemetry.io', 'wechatpay.js.org'],
  ...['pay.weixin.qq.com', 'developers.weixin.qq.com', 'undici.nodejs.org', 'keepachangelog.com'],
  ...['semver.org', 'www.typescriptlang.org'],
];
const REPOSITORIES = [
  'TheNorthMemory/wechatpay-openapi',
  'TheNorthMemory/wechatpay-axios-plugin',
  'klover2/wechatpay-node-v3-ts',
  'wechatpay-apiv3/wechatpay-php',
  'wechatpay-apiv3/wechatpay-go',
];

/** What is wrong with an address, or undefined. */
export async function problemOf(address) {
  if (address.startsWith(site)) return undefined;
  if (address === repository || address.startsWith(`${repository}/`)) {
    const [, path] =
      /^\/(?:blob|tree)\/[^/]+\/([^#?]+)/.exec(address.slice(repository.length)) ?? [];
    if (path === undefined || existsSync(join(root, decodeURIComponent(path)))) return undefined;
    return `the repository has no ${path}`;
  }
  const { hostname, pathname, protocol } = new URL(address);
  if (protocol !== 'https:') return 'is not https';
  const [, number] = DOCUMENT.exec(address) ?? [];
  const [, older] = OLDER.exec(address) ?? [];
  if (number !== undefined) {
    return (await known()).includes(number) ? undefined : `no document ${number} is known here`;
  }
  if (older !== undefined) {
    return (await known()).includes(older) ? undefined : 'the catalogue has no such older page';
  }
  if (hostname === 'github.com') {
    const isKnown = REPOSITORIES.some((name) => `${pathname}/`.startsWith(`/${name}/`));
    return isKnown ? undefined : 'is no known repository';
  }
  return HOSTS.includes(hostname) ? undefined : `${hostname} is no known host`;
}

let texts;

/** All texts that documents may be named in, as one. */
function known() {
  texts ??= Promise.all(NUMBERS_IN.map(readAll)).then((all) => all.flat().join('\n'));
  return texts;
}

async function readAll(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map((file) => readFile(join(file.parentPath ?? file.path, file.name), 'utf8')),
  );
}
