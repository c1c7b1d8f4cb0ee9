// What the errors of a call become: the caller's fault is a 400, everything else is logged.
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  ApiError,
  TransportError,
  ValidationError,
  VerificationError,
  WechatpayError,
} from 'wechatpay-wasm';

@Catch(WechatpayError)
export class WechatpayFilter implements ExceptionFilter<WechatpayError> {
  private readonly logger = new Logger(WechatpayFilter.name);

  constructor(private readonly host: HttpAdapterHost) {}

  catch(error: WechatpayError, context: ArgumentsHost) {
    const { httpAdapter } = this.host;
    const response = context.switchToHttp().getResponse();
    const { code } = error;
    if (error instanceof ValidationError) {
      return httpAdapter.reply(response, { code, field: error.field }, 400);
    }
    // This is not the caller's fault. You may log the complete error: it never contains a key.
    const unverified = error instanceof VerificationError;
    this.logger.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
    if (error instanceof ApiError && error.retryable) {
      httpAdapter.setHeader(response, 'Retry-After', '5');
      return httpAdapter.reply(response, { code }, 503);
    }
    return httpAdapter.reply(response, { code }, error instanceof TransportError ? 504 : 502);
  }
}
