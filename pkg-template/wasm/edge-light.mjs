// For Vercel's Edge runtime and Next.js, which do the same under a query of their own.

export { default } from './wechatpay_bg.wasm?module';
