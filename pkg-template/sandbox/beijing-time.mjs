/** RFC 3339, in the time of Beijing, which knows no summer time. */
export function beijingTime(seconds) {
  const eightHours = 8 * 60 * 60;
  return `${new Date((seconds + eightHours) * 1000).toISOString().slice(0, 19)}+08:00`;
}
