// The search, which is part of the site: it works without a network, and in Chinese, where no space stands
// between words.

/**
 * The words of a text. Chinese becomes pairs of neighbours, so that whatever stands in a text is found by any
 * part of it. Names such as `out_trade_no` and `preEntrustSign` are words, and so are their parts.
 *
 * VitePress takes the text of this function into the page: it uses nothing from outside.
 */
function tokenize(text) {
  const words = [];
  for (const [run] of text.matchAll(/\p{Script=Han}+|[\p{L}\p{N}_]+/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      const characters = [...run];
      if (characters.length === 1) words.push(run);
      for (let i = 0; i + 1 < characters.length; i += 1) {
        words.push(characters[i] + characters[i + 1]);
      }
    } else {
      words.push(run);
      const parts = run.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2').split('_');
      if (parts.length > 1) words.push(...parts.filter(Boolean));
    }
  }
  return words;
}

/** A word as it is compared; none for a word that every text has. */
function processTerm(term) {
  const word = term.toLowerCase();
  return /^(an?|and|are|as|at|be|by|for|from|has|in|is|it|its|not|of|on|or|that|the|this|to|with)$/.test(
    word,
  )
    ? null
    : word;
}

const BULK = /^<!-- fields -->$[\s\S]*?^<!-- \/fields -->$|^```js$[\s\S]*?^```$|^\|.*$/gm;

const translations = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
  modal: {
    displayDetails: '显示详细列表',
    resetButtonTitle: '清除',
    backButtonTitle: '关闭搜索',
    noResultsText: '没有结果：',
    footer: {
      selectText: '选择',
      selectKeyAriaLabel: '回车',
      navigateText: '切换',
      navigateUpKeyAriaLabel: '上箭头',
      navigateDownKeyAriaLabel: '下箭头',
      closeText: '关闭',
      closeKeyAriaLabel: 'Esc',
    },
  },
};

export const searchOptions = {
  locales: { zh: { translations } },
  miniSearch: {
    options: { tokenize, processTerm },
    searchOptions: {
      ...{ prefix: true, fuzzy: 0.1, boost: { title: 4, titles: 2, text: 1 } },
      // Guides first: there are a thousand endpoints.
      boostDocument: (id) =>
        /\/(guide|hosts|from)\//.test(id) ? 1.5 : id.includes('/endpoints/') ? 0.7 : 1,
    },
  },
  // Of the pages of endpoints only names and paths are searched: they have twenty thousand fields.
  _render(source, env, md) {
    const isBulky = /^(en|zh)\/endpoints\//.test(env.relativePath);
    return md.render(isBulky ? source.replaceAll(BULK, '') : source, env);
  },
};

export { tokenize };
