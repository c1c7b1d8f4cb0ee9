import * as wechatpay from 'wechatpay-wasm';
import { suite } from '../../../../suite.mjs';

export const runtime = 'edge';

export async function POST(request) {
  return Response.json(await suite(wechatpay, await request.json()));
}
