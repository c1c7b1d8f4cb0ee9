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

/** A table, or nothing where there are no rows. A column without a word is left out. */
export function table(heads, rows) {
  if (rows.length === 0) return [];
  const columns = heads.map((_, i) => i).filter((i) => rows.some((cells) => cells[i] !== ''));
  const chosen = (cells) => columns.map((i) => cells[i]);
  return [chosen(heads), columns.map(() => '---'), ...rows.map(chosen)].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
}

/** Chinese in an English page, which a screen reader then reads as Chinese. */
export function chinese(text, language) {
  return language === 'zh' ? plain(text) : `<span lang="zh-CN">${plain(text)}</span>`;
}

/** Whatever stands on a page in one of two languages. */
export const pick = (language) => (en, zh) => (language === 'zh' ? zh : en);
