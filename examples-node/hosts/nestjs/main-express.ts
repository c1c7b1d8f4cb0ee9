// NestJS 12 on Express, its default.
//
//   npx tsc && npx wechatpay-wasm sandbox node dist/main-express.js    on a sandbox
//   node dist/main-express.js                      with WECHATPAY_MCHID and the others set
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WechatpayModule } from './wechatpay.module.js';

const app = await NestFactory.create<NestExpressApplication>(WechatpayModule, { rawBody: true });
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 3000, '127.0.0.1');
console.log(await app.getUrl());
