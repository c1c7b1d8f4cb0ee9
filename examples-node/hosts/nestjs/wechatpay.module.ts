import { Module } from '@nestjs/common';
import { Wechatpay } from 'wechatpay-wasm';
import { WechatpayController } from './wechatpay.controller.js';

@Module({
  controllers: [WechatpayController],
  // Created once: all requests use the same client.
  providers: [{ provide: Wechatpay, useFactory: () => Wechatpay.fromEnv() }],
  exports: [Wechatpay],
})
export class WechatpayModule {}
