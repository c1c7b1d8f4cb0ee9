// The pages of all operations, one for each file of the catalogue, and a list of them.

import { readCatalogue } from '../../catalogue/read.mjs';
import { chinese, code, pick, table } from '../markdown.mjs';
import { anchorOfOperation, endpointPage } from './page.mjs';

/** Pages by their names, and the navigation: `{ pages: Map<string, string>, navigation }`. */
export async function endpointPages(language) {
  const groups = groupsOf((await readCatalogue()).operations);
  const pages = new Map(groups.map((group) => [group.slug, endpointPage(group, language)]));
  pages.set('index', indexPage(groups, language));
  return {
    pages,
    navigation: [
      { text: pick(language)('All endpoints', '全部接口'), link: '' },
      ...groups.map(({ slug, prefix }) => ({ text: prefix, link: slug })),
    ],
  };
}

/** The operations of each file of the catalogue, which has a name that its paths begin with. */
export function groupsOf(operations) {
  const groups = new Map();
  for (const operation of operations) {
    const [file] = operation.at.split(/\.yaml:/);
    const prefix = `/${file}/`;
    if (!groups.has(file))
      groups.set(file, { slug: file.replaceAll('/', '-'), prefix, operations: [] });
    groups.get(file).operations.push(operation);
  }
  return [...groups.values()].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

function indexPage(groups, language) {
  const say = pick(language);
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  const number = count.toLocaleString('en');
  return [
    `# ${say('All endpoints', '全部接口')}`,
    '',
    say(
      `${number} operations that WeChat Pay documents, by the beginning of their paths. Each has its fields, a call by the chain, and the address of its document. WeChat Pay names them in Chinese.`,
      `微信支付文档中的 ${number} 个接口，按路径开头分组。每个接口列出字段、链式调用的写法和官方文档地址。`,
    ),
    '',
    ...groups.flatMap(({ slug, prefix, operations }) => [
      `## \`${prefix}\` {#${slug}}`,
      '',
      ...table(
        say(['operation', 'name'], ['接口', '名称']),
        operations.map((operation) => [
          `[${code(`${operation.method} ${operation.path}`)}](./${slug}.md#${anchorOfOperation(operation)})`,
          `${chinese(operation.title, language)}`,
        ]),
      ),
      '',
    ]),
  ].join('\n');
}
