// A fetch for those who must send nothing.

/** Gives the `fetch`, and `sent`, the URLs that were asked for all the same. */
export function refusingFetch() {
  const sent = [];
  const fetch = (url) => {
    sent.push(url);
    return Promise.reject(new Error('nothing may be sent'));
  };
  return { fetch, sent };
}
