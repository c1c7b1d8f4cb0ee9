// Next.js, a route handler in Node.js: app/notify/route.js. WeChat Pay sends its notifications to /notify.
import { notificationResponse } from 'wechatpay-wasm';
import { wechatpay } from '../wechatpay.js';

export async function POST(request) {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wechatpay().notification(request);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}
