/** Formats a time as RFC 3339, in the time zone of Beijing (+08:00, no daylight saving time). */
export function beijingTime(seconds) {
  const eightHours = 8 * 60 * 60;
  return `${new Date((seconds + eightHours) * 1000).toISOString().slice(0, 19)}+08:00`;
}
