// One page: the operations of a file of the catalogue, whose paths begin alike.

import { documentUrl } from '../../catalogue/read.mjs';
import { chinese, code, pick, plain, table } from '../markdown.mjs';
import { callOf } from './call.mjs';
import { anchorOf, rowsOf, sharedShapes, typeOf } from './fields.mjs';

const OLDER = 'https://pay.weixin.qq.com/';

export const anchorOfOperation = ({ method, path }) =>
  `${method} ${path}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** @param {{ prefix: string, operations: object[] }} group */
export function endpointPage({ prefix, operations }, language) {
  const say = pick(language);
  const shapes = sharedShapes(operations);
  const products = [...new Set(operations.flatMap((operation) => operation.products))];
  const count = operations.length;
  return [
    `# ${say(`Endpoints below \`${prefix}\``, `\`${prefix}\` 下的接口`)}`,
    '',
    say(
      `${count === 1 ? 'One operation' : `${count} operations`} of ${products.map((product) => chinese(product, language)).join(', ')}.`,
      `${products.map(plain).join('、')}，共 ${count} 个接口。`,
    ),
    '',
    ...operations.flatMap((operation) => sectionOf(operation, language, shapes)),
    ...shapeSections(shapes, language),
  ].join('\n');
}

function sectionOf(operation, language, shapes) {
  const say = pick(language);
  const { method, path, title, deprecated } = operation;
  const name = `${method} ${path}`;
  const lines = callOf(operation);
  return [
    `## ${say(code(name), plain(title))} {#${anchorOfOperation(operation)}}`,
    '',
    // The Chinese page has the title above, the English one the path.
    say(chinese(title, language), code(name)),
    '',
    ...facts(operation, language),
    '',
    ...(deprecated ? [say('WeChat Pay has deprecated it.', '微信支付已弃用该接口。'), ''] : []),
    ...(lines === undefined
      ? [say('The package does not send forms of this kind.', '本软件包不发送这种表单。')]
      : ['```js', ...lines, '```']),
    '',
    '<!-- fields -->',
    '',
    ...requestTables(operation, language, shapes),
    ...responseTables(operation, language, shapes),
    '<!-- /fields -->',
    '',
  ];
}

function facts({ roles, updated, documents, older, host }, language) {
  const say = pick(language);
  const links = [
    ...documents.map((number) => `[${number}](${documentUrl(number)})`),
    ...(documents.length > 0
      ? []
      : older.map(
          (path, i) =>
            `[${say('older page', '旧版页面')}${older.length > 1 ? ` ${i + 1}` : ''}](${OLDER}${path})`,
        )),
  ];
  const document =
    links.length > 0 ? links.join(say(', ', '、')) : say('no address is known', '地址未知');
  return [
    ...(roles.length > 0
      ? [
          `- ${say('For', '适用对象')}${say(': ', '：')}${roles.map((role) => chinese(role, language)).join(say(', ', '、'))}`,
        ]
      : []),
    `- ${say('Document', '官方文档')}${say(': ', '：')}${document}${updated ? say(`, changed ${updated}`, `，更新于 ${updated}`) : ''}`,
    ...(host ? [`- ${say('Host', '域名')}${say(': ', '：')}${code(host)}`] : []),
  ];
}

const heads = (language) => pick(language)(['field', 'type', 'limits'], ['字段', '类型', '限制']);

function fieldTable(label, fields, language, shapes) {
  if (fields.length === 0) return [];
  return [`**${label}**`, '', ...table(heads(language), rowsOf(fields, language, shapes)), ''];
}

function requestTables({ variables, query, headers, form, body }, language, shapes) {
  const say = pick(language);
  const parts = [
    [say('In the path', '路径参数'), variables],
    [say('Query', '查询参数'), query],
    [say('Headers', '请求头'), headers],
    [say('Form', '表单'), form ?? []],
  ];
  return [
    ...parts.flatMap(([label, fields]) => fieldTable(label, fields, language, shapes)),
    ...(body === undefined ? [] : schemaPart(say('Body', '请求体'), body, language, shapes)),
  ];
}

function schemaPart(label, schema, language, shapes) {
  const { said, inner, suffix } = typeOf(schema, language, shapes);
  if (inner.length === 0) return [`**${label}**${pick(language)(': ', '：')}${said}`, ''];
  const prefix = suffix === '' ? '' : `${suffix}.`;
  const rows = rowsOf(inner, language, shapes, prefix);
  return [`**${label}**`, '', ...table(heads(language), rows), ''];
}

function responseTables({ responses }, language, shapes) {
  const say = pick(language);
  return [...responses].flatMap(([status, schema]) => {
    const label = say(`Response ${status}`, `应答 ${status}`);
    if (schema.type === 'nothing') return [`**${label}**${say(': no body', '：无应答体')}`, ''];
    if (schema.type === 'file') {
      return [
        `**${label}**${say(': a file', '：文件')} ${schema.mediaTypes.map(code).join(say(', ', '、'))}`,
        '',
      ];
    }
    const { said, inner } = typeOf(schema, language, shapes);
    if (inner.length === 0) return [`**${label}**${say(': ', '：')}${said}`, ''];
    const rows = schemaPart(label, schema, language, shapes).slice(2);
    const number = rows.length - 3;
    const summary = say(
      `${label}: ${number === 1 ? 'one field' : `${number} fields`}`,
      `${label}：${number} 个字段`,
    );
    return [`<details><summary>${summary}</summary>`, '', ...rows, '</details>', ''];
  });
}

function shapeSections(shapes, language) {
  if (shapes.size === 0) return [];
  const say = pick(language);
  return [
    `## ${say('Objects that several of them have', '共用的对象')} {#shapes}`,
    '',
    '<!-- fields -->',
    '',
    ...[...shapes].flatMap(([name, schema]) => [
      `<h3 id="${anchorOf(name)}">${name}</h3>`,
      '',
      ...table(heads(language), rowsOf(schema.fields, language, shapes)),
      '',
    ]),
    '<!-- /fields -->',
    '',
  ];
}
