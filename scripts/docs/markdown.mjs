// Pieces of Markdown that the generated pages have in common.

/** A text in a cell of a table, or in a sentence, that is none of Markdown's or Vue's marks. */
export function plain(text) {
  return String(text)
    .replaceAll(/[\\`*_[\]|#]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '{<!-- -->{');
}

/** A text as code. In a table its `|` is escaped. */
export function code(text) {
  const fence = String(text).includes('`') ? '``' : '`';
  return `${fence}${String(text).replaceAll('|', '\\|').replaceAll('\n', ' ')}${fence}`;
}

/** A table, or nothing where there are no rows. */
export function table(heads, rows) {
  if (rows.length === 0) return [];
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** Chinese in an English page, which a screen reader then reads as Chinese. */
export function chinese(text, language) {
  return language === 'zh' ? plain(text) : `<span lang="zh-CN">${plain(text)}</span>`;
}

/** Whatever stands on a page in one of two languages. */
export const pick = (language) => (en, zh) => (language === 'zh' ? zh : en);
