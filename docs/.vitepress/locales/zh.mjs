import { sectionsOf } from './sections.mjs';

export const chinese = {
  label: '简体中文',
  lang: 'zh-CN',
  link: '/zh/',
  description:
    '适用于各种 JavaScript 运行环境的微信支付 APIv3 客户端：由 WebAssembly 签名，对每个应答验签',
  themeConfig: {
    ...sectionsOf('zh', {
      guide: '指南',
      hosts: '运行环境与框架',
      from: '从其他 SDK 迁移',
      endpoints: '接口',
      errors: '错误码',
      api: 'API 参考',
    }),
    outline: { label: '本页目录', level: [2, 3] },
    docFooter: { prev: '上一页', next: '下一页' },
    darkModeSwitchLabel: '外观',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到顶部',
    langMenuLabel: '切换语言',
    skipToContentLabel: '跳到正文',
    notFound: {
      title: '页面不存在',
      quote: '请检查地址，或使用搜索。',
      linkLabel: '回到首页',
      linkText: '回到首页',
    },
  },
};
