// The reference of the API, which TypeDoc makes of the types. Their comments are English.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, root } from '../../run.mjs';
import { pick } from '../markdown.mjs';
import { writePublicTypes } from './types.mjs';

const KINDS = {
  classes: ['Classes', '类'],
  functions: ['Functions', '函数'],
  interfaces: ['Interfaces', '接口'],
  'type-aliases': ['Types', '类型'],
  variables: ['Variables', '变量'],
};
const MODULES = { index: 'wechatpay-wasm', sandbox: 'wechatpay-wasm/sandbox' };

let made;

/** Pages by their names, and the navigation. */
export async function apiPages(language) {
  made ??= typedocPages();
  const pages = new Map(await made);
  const say = pick(language);
  const navigation = [{ text: say('Overview', '总览'), link: '' }];
  const overview = [];
  for (const [folder, module] of Object.entries(MODULES)) {
    overview.push(`## \`${module}\` {#${folder}}`, '');
    const groups = [];
    for (const [kind, names] of Object.entries(KINDS)) {
      const start = `${folder}/${kind}/`;
      const items = [...pages.keys()]
        .filter((page) => page.startsWith(start))
        .sort((a, b) => a.localeCompare(b, 'en'))
        .map((link) => ({ text: link.slice(start.length), link }));
      if (items.length === 0) continue;
      const text = say(...names);
      groups.push({ text, collapsed: kind === 'interfaces' || kind === 'type-aliases', items });
      const links = items.map((item) => `[\`${item.text}\`](./${item.link}.md)`);
      overview.push(`### ${text} {#${folder}-${kind}}`, '', links.join(say(', ', '、')), '');
    }
    navigation.push({ text: module, items: groups });
  }
  pages.set(
    'index',
    [
      `# ${say('API reference', 'API 参考')}`,
      '',
      say(
        'What the package exports, from its types. The types of the endpoints are on [the pages of endpoints](../endpoints/index.md).',
        '软件包导出的全部内容，由类型声明生成，注释为英文。接口的类型见[接口页面](../endpoints/index.md)。',
      ),
      '',
      ...overview,
    ].join('\n'),
  );
  return { pages, navigation };
}

async function typedocPages() {
  const require = createRequire(join(root, 'docs/package.json'));
  const { Application } = await import(pathToFileURL(require.resolve('typedoc')).href);
  const types = await writePublicTypes();
  await writeFile(
    join(types, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        ...{
          module: 'nodenext',
          target: 'es2022',
          lib: ['esnext', 'dom'],
          types: [],
          strict: true,
        },
        paths: { 'wechatpay-wasm': ['./index.d.mts'] },
      },
      files: Object.keys(MODULES).map((name) => `${name}.d.mts`),
    }),
  );
  const out = await mkdtemp(join(types, 'pages-'));
  const said = [];
  const app = await Application.bootstrapWithPlugins({
    ...{ name: 'API', readme: 'none', out, excludePrivate: true, excludeExternals: false },
    entryPoints: Object.keys(MODULES).map((name) => join(types, `${name}.d.mts`)),
    tsconfig: join(types, 'tsconfig.json'),
    plugin: [require.resolve('typedoc-plugin-markdown')],
    ...{
      entryFileName: 'index',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      disableSources: true,
    },
    ...{ useCodeBlocks: true, sort: ['source-order'], logLevel: 'Warn', githubPages: false },
    ...{ parametersFormat: 'table', interfacePropertiesFormat: 'list', expandObjects: true },
  });
  app.logger.log = (message, level) => {
    if (level >= 2) said.push(message);
  };
  const project = await app.convert();
  if (project) await app.generateOutputs(project);
  if (said.length > 0 || !project) throw new Failure(`TypeDoc: ${said.join('\n')}`);
  const pages = await pagesIn(out);
  await rm(out, { recursive: true, force: true });
  return pages;
}

async function pagesIn(out) {
  const names = (await readdir(out, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /^(index|sandbox)\/[\w-]+\/.+\.md$/.test(name));
  return Promise.all(
    names.map(async (name) => [
      name.slice(0, -3),
      adapted(await readFile(join(out, name), 'utf8')),
    ]),
  );
}

// Vue reads Markdown, too: what looks like its marks is text.
function adapted(text) {
  return text.replaceAll('{{', '{<!-- -->{');
}
