// Mends what axe finds in VitePress's own theme, and names in English alone: each a place in the source of a
// component. A place that a newer VitePress has no longer fails the build.

const choice = (en, zh) => `siteLanguage.startsWith('zh') ? '${zh}' : '${en}'`;
const inText = (en, zh) => `{{ ${choice(en, zh)} }}`;
const asLabel = (en, zh) => `:aria-label="${choice(en, zh)}"`;
const LANGUAGE = `import { useData as useSiteData } from '../composables/data'
const { lang: siteLanguage } = useSiteData()
`;

const CHANGES = {
  // A first page and a page that is not there have no landmark.
  'VPHome.vue': [
    ['<div \n    class="VPHome"', '<main\n    class="VPHome"'],
    ['<Content v-else />\n  </div>', '<Content v-else />\n  </main>'],
  ],
  'NotFound.vue': [
    ['<div class="NotFound">', '<main class="NotFound">'],
    ['  </div>\n</template>', '  </main>\n</template>'],
  ],
  // The name of a button has what is written on it. The key's letter comes from the style sheet.
  'VPNavBarSearchButton.vue': [
    ['<kbd class="DocSearch-Button-Key">K</kbd>', '<kbd class="DocSearch-Button-Key key-k"></kbd>'],
  ],
  // A dialog is no button, and an option is the link itself.
  'VPLocalSearchBox.vue': [
    [
      `role="button"
      :aria-owns="results?.length ? 'localsearch-list' : undefined"
      aria-expanded="true"
      aria-haspopup="listbox"`,
      `role="dialog"
      aria-modal="true"`,
    ],
    [
      `:id="'localsearch-item-' + index"
            :aria-selected="selectedIndex === index ? 'true' : 'false'"
            role="option"`,
      'role="presentation"',
    ],
    [
      ':href="p.id"\n              class="result"',
      `:href="p.id"
              :id="'localsearch-item-' + index"
              :aria-selected="selectedIndex === index ? 'true' : 'false'"
              role="option"
              class="result"`,
    ],
    ['<kbd :aria-label', '<kbd role="img" :aria-label'],
    [`:aria-label="[...p.titles, p.title].join(' > ')"`, ''],
    [
      'aria-autocomplete="both"',
      `aria-autocomplete="list"
            role="combobox"
            :aria-expanded="results?.length ? 'true' : 'false'"`,
    ],
  ],
  // The arrow is the button: the line around it has others within.
  'VPSidebarItem.vue': [
    [':role="itemRole"', ''],
    [':tabindex="item.items && 0"', ''],
    ['aria-label="toggle section"', ':aria-label="item.text" :aria-expanded="!collapsed"'],
  ],
  'VPNavBarMenu.vue': [['Main Navigation', inText('Main navigation', '主导航')]],
  'VPSidebar.vue': [['Sidebar Navigation', inText('Pages', '页面列表')]],
  'VPNavBarHamburger.vue': [['aria-label="mobile navigation"', asLabel('Menu', '菜单')]],
  'VPDocFooter.vue': [['>Pager<', `>${inText('Next and previous page', '上一页和下一页')}<`]],
};

/** A plugin of Vite. */
export function accessibleTheme() {
  return {
    name: 'accessible-theme',
    enforce: 'pre',
    transform(code, id) {
      const [, name] = /theme-default\/(?:components\/)?(\w+\.vue)$/.exec(id) ?? [];
      if (!Object.hasOwn(CHANGES, name ?? '')) return undefined;
      const changed = CHANGES[name].reduce((text, [from, to]) => {
        if (!text.includes(from)) this.error(`${name} no longer has: ${from}`);
        return text.replaceAll(from, () => to);
      }, code);
      if (!changed.includes('siteLanguage')) return changed;
      return changed.replace(/<script[^>]* setup[^>]*>\n/, (start) => start + LANGUAGE);
    },
  };
}

/** Names that Markdown gives to links and buttons, in Chinese on Chinese pages. */
export function chineseLabels(md) {
  md.core.ruler.push('chinese-labels', ({ env, tokens }) => {
    if (!env.relativePath?.startsWith('zh/')) return;
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const [, title] = /^Permalink to "(.*)"$/.exec(token.attrGet?.('aria-label') ?? '') ?? [];
        if (title !== undefined) token.attrSet('aria-label', `“${title}”的链接`);
      }
    }
  });
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const html = fence(tokens, index, options, env, self);
    if (!env.relativePath?.startsWith('zh/')) return html;
    return html.replace('title="Copy Code"', 'title="复制代码"');
  };
}
