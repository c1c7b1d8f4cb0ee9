// The page of one error: when it happens, what to do, what its messages say, and which document explains it.

import { documentUrl } from '../../catalogue/read.mjs';
import { code, pick, plain, table } from '../markdown.mjs';

/** The page of a code of this package, or of SIGN_ERROR. */
export function kindPage(kind, { messages, options, fields }, language) {
  const say = pick(language);
  const locale = say('en', 'zh-CN');
  return [
    `# \`${kind.code}\``,
    '',
    `${sentence(kind.when[locale], language)}${say(` The error is a \`${kind.class}\`.`, `错误的类为 \`${kind.class}\`。`)}`,
    '',
    `## ${say('What to do', '如何处理')}`,
    '',
    sentence(kind.do[locale], language),
    '',
    ...documentLines(kind, language),
    ...optionLines(options, language),
    ...messageSection(messages, language),
    ...[...fields].flatMap(([field, texts]) => [
      `## ${code(field)} {#${field.toLowerCase()}}`,
      '',
      ...messageTable(texts, language),
      '',
    ]),
  ].join('\n');
}

/** The page of an option, with what ERR_CONFIG says of it. */
export function optionPage(option, { kind, messages, description }, language) {
  const say = pick(language);
  const number = kind.documents?.[option];
  return [
    `# ERR_CONFIG: \`${option}\``,
    '',
    say(
      `The client rejects the option \`${option}\`, or the runtime lacks what is called so. The message says what is wrong and what to do. The error is a \`ConfigError\`, whose \`option\` is \`'${option}'\`.`,
      `客户端拒绝了选项 \`${option}\`，或运行环境缺少该能力。消息说明了原因和处理办法。错误的类为 \`ConfigError\`，其 \`option\` 为 \`'${option}'\`。`,
    ),
    '',
    `## ${say('What to do', '如何处理')}`,
    '',
    sentence(kind.do[say('en', 'zh-CN')], language),
    '',
    ...(number ? [documentLine(number, language), ''] : []),
    ...messageSection(messages, language),
    ...descriptionSection(description, language),
    say('[All of `ERR_CONFIG`](./ERR_CONFIG.md)', '[`ERR_CONFIG` 的全部内容](./ERR_CONFIG.md)'),
    '',
  ].join('\n');
}

/** The page of a code of WeChat Pay's. */
export function wechatPayPage({ code: name, statuses, meaning, chinese, others }, language) {
  const say = pick(language);
  const isRetried = retried(name, statuses);
  const same = /^an older spelling of (\w+)$/.exec(meaning)?.[1];
  return [
    `# \`${name}\``,
    '',
    say(
      `WeChat Pay says: ${plain(meaning)}. HTTP status ${statuses.join(' or ')}.`,
      `微信支付返回的错误：${plain(chinese)}。HTTP 状态码为 ${statuses.join(' 或 ')}。`,
    ) + say(' The error is an `ApiError`.', '错误的类为 `ApiError`。'),
    '',
    ...(same
      ? [say(`See [\`${same}\`](./${same}.md).`, `参见 [\`${same}\`](./${same}.md)。`), '']
      : []),
    `## ${say('What to do', '如何处理')}`,
    '',
    sentence(others.do[say('en', 'zh-CN')], language),
    '',
    statuses.every((status) => status < 400)
      ? say(
          'The status is no error: the package returns the response.',
          '该状态码不是错误：软件包会返回应答。',
        )
      : isRetried === true
        ? say(
            '`retryable` is true: the same request may be sent again after a pause.',
            '`retryable` 为 true：稍后可原样重发。',
          )
        : isRetried === false
          ? say(
              '`retryable` is false: the same request fails again until what it says is mended.',
              '`retryable` 为 false：在问题解决之前，原样重发仍会失败。',
            )
          : say(
              '`retryable` depends on the status: it is true for 429.',
              '`retryable` 取决于状态码：429 时为 true。',
            ),
    '',
    documentLine(others.document, language),
    '',
    ...(statuses.every((status) => status >= 400)
      ? [
          `## ${say('Try it', '试一试')}`,
          '',
          say(
            'The sandbox responds with this code once. What does your program do?',
            '让沙箱返回一次该错误码，看看您的程序如何处理：',
          ),
          '',
          '```js',
          `sandbox.respond('POST', '/v3/refund/domestic/refunds', { code: '${name}', times: 1 });`,
          '```',
          '',
        ]
      : []),
  ].join('\n');
}

/** As `ApiError.retryable` says (pkg-template/types/errors.d.ts); undefined where the status decides. */
export function retried(name, statuses) {
  const each = statuses.map(
    (status) =>
      status === 429 || (status >= 500 && /^(SYSTEM_ERROR|SERVICE_UNAVAILABLE)$/.test(name)),
  );
  return each.every((one) => one === each[0]) ? each[0] : undefined;
}

/** What the types say of an option. They say it in English. */
function descriptionSection(description, language) {
  if (!description) return [];
  if (language === 'en') return ['## What it takes', '', description, ''];
  return ['## 选项说明（英文）', '', '<div lang="en">', '', description, '', '</div>', ''];
}

function sentence(text, language) {
  if (language === 'zh') return `${text}。`;
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function documentLine(number, language) {
  const say = pick(language);
  return `${say('WeChat Pay explains it here: ', '官方文档：')}[${number}](${documentUrl(`merchant/${number}`)})`;
}

function documentLines({ document, documents = {} }, language) {
  const own = document === undefined ? [] : [documentLine(document, language), ''];
  const say = pick(language);
  const ofFields = Object.entries(documents).map(
    ([field, number]) =>
      `- ${code(field)}${say(': ', '：')}[${number}](${documentUrl(`merchant/${number}`)})`,
  );
  const lead = say('WeChat Pay explains these:', '相关官方文档：');
  return [...own, ...(ofFields.length > 0 ? [lead, '', ...ofFields, ''] : [])];
}

function optionLines(options, language) {
  if (options.length === 0) return [];
  return [
    `## ${pick(language)('By option', '按选项查看')}`,
    '',
    ...options.map((option) => `- [${code(option)}](./ERR_CONFIG-${option}.md)`),
    '',
  ];
}

function messageSection(messages, language) {
  if (messages.length === 0) return [];
  return [
    `## ${pick(language)('Messages', '错误消息')}`,
    '',
    ...messageTable(messages, language),
    '',
  ];
}

/** Messages in both languages: whoever has one of them finds the other. */
export function messageTable(messages, language) {
  const english = ({ text }) => shown(text, 'en', language);
  const chineseText = (message) => shown(message.chinese, 'zh', language);
  return language === 'zh'
    ? table(
        ['中文', '英文'],
        messages.map((message) => [chineseText(message), english(message)]),
      )
    : table(
        ['English', 'Chinese'],
        messages.map((message) => [english(message), chineseText(message)]),
      );
}

// What fills a text is shown as an ellipsis.
function shown(text, of, language) {
  const filled = text
    .replaceAll(/\{\d*\}/g, '…')
    // An address is shown, and not linked to.
    .replaceAll(/(?<![`\w])https?:\/\/[\w./:-]*\w/g, '`$&`')
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 0 ? plain(part) : code(part)))
    .join('');
  if (of === language) return filled;
  return `<span lang="${of === 'zh' ? 'zh-CN' : 'en'}">${filled}</span>`;
}
