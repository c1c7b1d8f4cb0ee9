// NestJS 12 on Fastify.
//
//   npx tsc && npx wechatpay-wasm sandbox node dist/main-fastify.js    on a sandbox
//   node dist/main-fastify.js                      with WECHATPAY_MCHID and the others set
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WechatpayModule } from './wechatpay.module.js';

const app = await NestFactory.create<NestFastifyApplication>(
  WechatpayModule,
  new FastifyAdapter(),
  { rawBody: true },
);
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 3000, '127.0.0.1');
console.log(await app.getUrl());
