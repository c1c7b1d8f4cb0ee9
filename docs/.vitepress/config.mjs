// The site: English in docs/en/, Chinese in docs/zh/, page by page the same.

import { defineConfig } from 'vitepress';
import { repository, site } from '../../scripts/repository.mjs';
import { accessibleTheme, chineseLabels } from './accessible-theme.mjs';
import { english } from './locales/en.mjs';
import { chinese } from './locales/zh.mjs';
import { searchOptions } from './search.mjs';

const { pathname: base } = new URL(site);

// Both languages have the same code, and the search reads each page once more.
const highlighted = new Map();
function highlightOnce(md) {
  const { highlight } = md.options;
  md.options.highlight = (...given) => {
    const key = JSON.stringify(given);
    if (!highlighted.has(key)) highlighted.set(key, highlight(...given));
    return highlighted.get(key);
  };
}

export default defineConfig({
  title: 'wechatpay-wasm',
  base,
  srcExclude: ['*.md', 'tests/**', 'examples/**', 'public/**'],
  lastUpdated: false,
  // What is the same on all pages is a file of its own: the navigation alone has 80 kB.
  metaChunk: true,
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  locales: { en: english, zh: chinese },
  themeConfig: {
    search: { provider: 'local', options: searchOptions },
    socialLinks: [{ icon: 'github', link: repository, ariaLabel: 'GitHub' }],
    externalLinkIcon: false,
    // Of an address without a language.
    notFound: {
      title: '404',
      quote: 'There is no such page. 页面不存在。',
      linkLabel: 'wechatpay-wasm',
      linkText: 'wechatpay-wasm',
    },
  },
  markdown: {
    // Their colours have the contrast that WCAG asks for.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      highlightOnce(md);
      chineseLabels(md);
    },
  },
  vite: {
    publicDir: 'public',
    plugins: [accessibleTheme()],
    build: { chunkSizeWarningLimit: 8_000 },
  },
});
