// POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it the phone app
// opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
import { Body, Controller, HttpCode, Logger, Post, Req, Res, UseFilters } from '@nestjs/common';
import { type NotificationRequest, notificationResponse, Wechatpay } from 'wechatpay-wasm';
import { WechatpayFilter } from './wechatpay.filter.js';

const { APPID = 'wxd678efh567h23787' } = process.env;

// What the responses of Express and Fastify have in common.
interface AnyResponse {
  status(code: number): AnyResponse;
  header(name: string, value: string): AnyResponse;
  send(body?: unknown): unknown;
}

@Controller()
@UseFilters(WechatpayFilter)
export class WechatpayController {
  private readonly logger = new Logger(WechatpayController.name);

  constructor(private readonly wxpay: Wechatpay) {}

  // Add your own guard to this handler: its callers act in your name.
  @Post('contracts')
  @HttpCode(200)
  contracts(@Body() body: { outContractCode: string }) {
    const { outContractCode } = body ?? {};
    return this.wxpay.preEntrustSignApp({ appid: APPID, outContractCode });
  }

  // The request has `rawBody`, since main.ts asks for it: the signature covers the raw body.
  @Post('notify')
  async notify(@Req() request: NotificationRequest, @Res() response: AnyResponse) {
    let answer = notificationResponse();
    try {
      const { id, eventType } = await this.wxpay.notification(request);
      this.logger.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
    } catch (error) {
      this.logger.error('notification not accepted', error);
      answer = notificationResponse(error);
    }
    response.status(answer.status);
    for (const [name, value] of Object.entries(answer.headers)) response.header(name, value);
    response.send(answer.body ?? undefined);
  }
}
