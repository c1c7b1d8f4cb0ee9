// Next.js, an edge route: app/notify/route.js. WeChat Pay sends its notifications to it.
import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

export const runtime = 'edge';

let wxpay;

export async function POST(request) {
  let response = notificationResponse();
  try {
    // Created at the first request: `next build` also loads this module, and has no keys.
    wxpay ??= Wechatpay.fromEnv();
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}
