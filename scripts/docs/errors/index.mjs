// The pages of errors: one for each code and each option, and one with every message.

import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { readCatalogue } from '../../catalogue/read.mjs';
import { readCatalogue as readMessages } from '../../messages/catalogue.mjs';
import { readKinds } from '../../messages/kinds.mjs';
import { Failure } from '../../run.mjs';
import { code, pick, plain, table } from '../markdown.mjs';
import { optionPageName, pagesOfErrors } from './names.mjs';
import { clientOptions } from './options.mjs';
import { kindPage, messageTable, optionPage, wechatPayPage } from './page.mjs';
import { placesOfTexts } from './places.mjs';

const isCode = ({ code: name }) => /^\w+$/.test(name);

/** Pages by their names, and the navigation. */
export async function errorPages(language) {
  const say = pick(language);
  const kinds = await readKinds();
  const messages = await readMessages();
  const places = await placesOfTexts();
  const { errors } = await readCatalogue();
  const meanings = await chineseMeanings(errors);

  const messagesAt = (place) => messages.filter(({ text }) => places.get(place)?.has(text));
  const described = await clientOptions();
  const listed = pagesOfErrors(kinds, places, errors, [...described.keys()]);
  const { own, options, fields, theirs } = listed;
  const others = kinds.find((kind) => !isCode(kind));

  const pages = new Map();
  for (const kind of own) {
    const named = kind.code === 'ERR_PARAM' ? fields : [];
    pages.set(
      kind.code,
      kindPage(
        kind,
        {
          messages: messagesAt(kind.code),
          options: kind.code === 'ERR_CONFIG' ? options : [],
          fields: new Map(named.map((field) => [field, messagesAt(`ERR_PARAM.${field}`)])),
        },
        language,
      ),
    );
  }
  const config = kinds.find((kind) => kind.code === 'ERR_CONFIG');
  for (const option of options) {
    const given = {
      kind: config,
      messages: messagesAt(`ERR_CONFIG.${option}`),
      description: described.get(option),
    };
    pages.set(optionPageName(option), optionPage(option, given, language));
  }
  for (const error of theirs) {
    const given = { ...error, chinese: meanings[error.code], others };
    pages.set(error.code, wechatPayPage(given, language));
  }
  pages.set('messages', messagesPage(messages, language));
  pages.set('index', indexPage({ own, options, theirs, meanings }, language));

  const item = (name) => ({ text: name, link: name });
  return {
    pages,
    navigation: [
      { text: say('All errors', '全部错误码'), link: '' },
      { text: say('All messages', '全部错误消息'), link: 'messages' },
      {
        text: say('Codes of the package', '软件包的错误码'),
        items: own.map((kind) => item(kind.code)),
      },
      {
        text: say("WeChat Pay's codes", '微信支付的错误码'),
        collapsed: true,
        items: theirs.map((error) => item(error.code)),
      },
    ],
  };
}

async function chineseMeanings(errors) {
  const meanings = parse(await readFile(new URL('meanings.zh-CN.yaml', import.meta.url), 'utf8'));
  const codes = errors.map((error) => error.code);
  const wrong = [
    ...codes.filter((name) => meanings[name] === undefined),
    ...Object.keys(meanings).filter((name) => !codes.includes(name)),
  ];
  if (wrong.length > 0) {
    throw new Failure(
      `scripts/docs/errors/meanings.zh-CN.yaml does not fit the catalogue: ${wrong}`,
    );
  }
  return meanings;
}

function indexPage({ own, options, theirs, meanings }, language) {
  const say = pick(language);
  const locale = say('en', 'zh-CN');
  const link = (name, page = name) => `[${code(name)}](./${page}.md)`;
  return [
    `# ${say('Errors', '错误码')}`,
    '',
    say(
      'Every error has a stable `code`. Look it up here, or search for the words of its message.',
      '每个错误都有稳定的 `code`。可在此查找错误码，也可直接搜索错误消息中的文字。',
    ),
    '',
    `## ${say('Codes of the package', '软件包的错误码')}`,
    '',
    ...table(
      say(['code', 'class', 'it happens when'], ['错误码', '类', '何时发生']),
      own.map((kind) => [link(kind.code), code(kind.class), kind.when[locale]]),
    ),
    '',
    `## ${say('`ERR_CONFIG` by option', '按选项查看 `ERR_CONFIG`')} {#options}`,
    '',
    options.map((option) => link(option, optionPageName(option))).join(say(', ', '、')),
    '',
    `## ${say("WeChat Pay's codes", '微信支付的错误码')} {#wechat-pay}`,
    '',
    ...table(
      say(['code', 'HTTP', 'meaning'], ['错误码', 'HTTP', '含义']),
      theirs.map((error) => [
        link(error.code),
        error.statuses.join(say(', ', '、')),
        plain(say(error.meaning, meanings[error.code])),
      ]),
    ),
    '',
    say(
      '[Every message, in English and Chinese](./messages.md)',
      '[全部错误消息（中英对照）](./messages.md)',
    ),
    '',
  ].join('\n');
}

function messagesPage(messages, language) {
  const say = pick(language);
  return [
    `# ${say('All messages', '全部错误消息')}`,
    '',
    say(
      `${messages.length} texts, in both languages. Most continue a sentence that begins with the name of an option or a field. An ellipsis stands for what fills a text.`,
      `共 ${messages.length} 条，中英对照。多数消息接在选项名或字段名之后。省略号代表填入的内容。`,
    ),
    '',
    ...messageTable(messages, language),
    '',
  ].join('\n');
}
