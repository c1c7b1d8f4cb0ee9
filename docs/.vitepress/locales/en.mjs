import { sectionsOf } from './sections.mjs';

export const english = {
  label: 'English',
  lang: 'en',
  link: '/en/',
  description:
    'WeChat Pay APIv3 for every JavaScript runtime: signed in WebAssembly, every response verified',
  themeConfig: {
    ...sectionsOf('en', {
      guide: 'Guide',
      hosts: 'Hosts',
      from: 'Coming from',
      endpoints: 'Endpoints',
      errors: 'Errors',
      api: 'API',
    }),
    outline: { label: 'On this page', level: [2, 3] },
    skipToContentLabel: 'Skip to content',
  },
};
