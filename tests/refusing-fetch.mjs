// A fetch for clients that must send nothing.

/** Returns a `fetch` that always rejects, and `sent`, the URLs that were requested. */
export function refusingFetch() {
  const sent = [];
  const fetch = (url) => {
    sent.push(url);
    return Promise.reject(new Error('nothing may be sent'));
  };
  return { fetch, sent };
}
