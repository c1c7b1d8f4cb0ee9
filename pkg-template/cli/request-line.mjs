/**
 * A checked request in one line: `POST /v3/… → 400 PARAM_ERROR: /appid: is required`.
 *
 * Without the query, where a caller may have put anything; headers and body are not in a reason.
 *
 * @param {import('../sandbox.d.ts').SandboxRequest} request
 */
export function requestLine({ method, url, result, faults = {} }) {
  const { ok, status, code = ok ? 'accepted' : 'refused', reason } = result;
  const [path] = url.split('?');
  const applied = Object.entries(faults).map(([name, value]) =>
    value === true ? name : `${name}=${value}`,
  );
  const tampered = applied.length > 0 ? ` [${applied.join(', ')}]` : '';
  return printable(`${method} ${path} → ${status} ${code}: ${reason}${tampered}`);
}

// A path or the name of a field may hold line breaks, or what a terminal takes for orders.
function printable(text) {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0).toString(16)}}`,
  );
}
