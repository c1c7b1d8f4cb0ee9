import type { NotificationResponse } from './notification.js';

/**
 * What to respond to a notification with. Called with nothing: it was received (204). Called with what
 * {@link Wechatpay.notification} or the handling of it failed with, whatever that is, `undefined`
 * too: 401 where the notification is not verified, 400 where it is none, and 500 for everything else;
 * WeChat Pay sends it again then. So never as a success callback: `.then(notificationResponse)` responses
 * 500, since it hands over what the handling gave; write `.then(() => notificationResponse())`. The response holds no more of the error than its code or field.
 *
 * @example
 * ```ts
 * const response = notificationResponse(error);
 * return new Response(response.body, response);
 * ```
 */
export function notificationResponse(): NotificationResponse;
export function notificationResponse(error: unknown): NotificationResponse;
