// Nuxt 4, a server route: server/routes/notify.post.ts. WeChat Pay sends its notifications to /notify.
import { notificationResponse } from 'wechatpay-wasm';

export default defineEventHandler(async (event) => {
  let response = notificationResponse();
  try {
    // Do not call readBody() before: the signature covers the raw body.
    const { id, eventType } = await useWechatpay().notification(event);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  setResponseStatus(event, response.status);
  setHeaders(event, response.headers);
  return response.body;
});
