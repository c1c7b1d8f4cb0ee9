import type { NotificationAnswer } from './notification.js';

/**
 * What to answer a notification with. Called with nothing: it was received (204). Called with what
 * {@link Wechatpay.notification} or the handling of it failed with, whatever that is, `undefined`
 * too: 401 where the notification is not proven, 400 where it is none, and 500 for everything else;
 * WeChat Pay sends it again then. So never as a success callback: `.then(notificationAnswer)` answers
 * 500, since it hands over what the handling gave; write `.then(() => notificationAnswer())`. The answer holds no more of the error than its code or field.
 *
 * @example
 * ```ts
 * const answer = notificationAnswer(error);
 * return new Response(answer.body, answer);
 * ```
 */
export function notificationAnswer(): NotificationAnswer;
export function notificationAnswer(error: unknown): NotificationAnswer;
