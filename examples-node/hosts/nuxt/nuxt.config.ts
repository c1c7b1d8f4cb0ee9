export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  // Nitro 2 copies a package with `module` in its exports incompletely. Inlined, it is in the bundle.
  nitro: { externals: { inline: ['wechatpay-wasm'] } },
});
