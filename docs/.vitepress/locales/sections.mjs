// The sections of the site, in both languages alike: what the bar at the top and the side bars show.

import { generatedPages, writtenPages } from '../navigation.mjs';

/** @param {'en' | 'zh'} language @param {Record<string, string>} names of the sections */
export function sectionsOf(language, names) {
  const written = ['guide', 'hosts', 'from'].map((folder) => ({
    folder,
    items: writtenPages(language, folder),
  }));
  const generated = ['endpoints', 'errors', 'api'].map((folder) => ({
    folder,
    items: generatedPages(language, folder),
  }));
  const reading = written
    .filter(({ items }) => items.length > 0)
    .map(({ folder, items }) => ({ text: names[folder], items }));
  const bar = ({ folder, items }) => ({
    text: names[folder],
    link: items[0]?.link ?? `/${language}/`,
    activeMatch: `^/${language}/${folder}/`,
  });
  const both = [...written, ...generated].filter(({ items }) => items.length > 0);
  return {
    nav: both.map(bar),
    sidebar: Object.fromEntries([
      ...written.map(({ folder }) => [`/${language}/${folder}/`, reading]),
      ...generated.map(({ folder, items }) => [
        `/${language}/${folder}/`,
        [{ text: names[folder], items }],
      ]),
    ]),
  };
}
