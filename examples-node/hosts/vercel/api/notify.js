// Vercel, a function without a framework: api/notify.js. WeChat Pay sends its notifications to /api/notify.
//
// It runs in Node.js. To run it in the Edge runtime, add: export const config = { runtime: 'edge' };
import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

const wxpay = Wechatpay.fromEnv();

export async function POST(request) {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}
