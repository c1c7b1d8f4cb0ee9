import type { NotificationResponse } from './notification.js';

/**
 * Makes the response to a notification. WeChat Pay sends the notification again after any status except 200
 * and 204.
 *
 * - Without an argument: 204, the notification was received.
 * - With an error of {@link Wechatpay.notification} or of your own code, also if it is `undefined`: 401 if the
 *   notification is not verified, 400 if the request is not a notification, 503 if too many are on their way at
 *   once, 500 for any other error.
 *
 * Do not pass this function as a success callback: `.then(notificationResponse)` makes a 500, since `then`
 * passes your result as the argument. Write `.then(() => notificationResponse())`.
 *
 * Described at https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 *
 * The response contains nothing of the error except its code or field.
 *
 * @example
 * ```ts
 * const response = notificationResponse(error);
 * return new Response(response.body, response);
 * ```
 */
export function notificationResponse(): NotificationResponse;
export function notificationResponse(error: unknown): NotificationResponse;
