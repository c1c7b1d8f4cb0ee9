// The names that code blocks use without a declaration.

declare const wxpay: import('wechatpay-wasm').Wechatpay;
declare const sandbox: import('wechatpay-wasm/sandbox').Sandbox;
declare const order: Parameters<
  import('wechatpay-wasm').Wechatpay['v3']['pay']['transactions']['native']['post']
>[0]['json'];
declare const request: Request;
declare const app: any;
declare const express: any;

// What a phone gives to pages and mini programs.
declare const wx: any;
declare const WeixinJSBridge: any;

// What Nuxt and Nitro import by themselves, and what hosts give.
declare const defineEventHandler: any;
declare const defineNuxtConfig: any;
declare const readRawBody: any;
declare const useRuntimeConfig: any;
declare const Deno: any;
declare const Bun: any;
