// Next.js, a route on the edge: app/notify/route.js. WeChat Pay posts its notifications to it.
import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

export const runtime = 'edge';

let wxpay;

export async function POST(request) {
  let response = notificationResponse();
  try {
    // At the first request: `next build` runs this module as well, and needs no key.
    wxpay ??= Wechatpay.fromEnv();
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your work, once for each id: it may come again
  } catch (error) {
    console.error('notification not taken', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}
