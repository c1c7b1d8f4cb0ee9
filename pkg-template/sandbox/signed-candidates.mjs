// The strings that a program may have signed by mistake, in place of the right one.

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** With a longer body only the likely strings are tried: each costs the hash of all of it. In bytes. */
const MAX_COMBINED_BODY = 16 * 1024;

/** Between the times of the header and of the string, where a program reads its clock twice: seconds. */
const CLOCK_READ_TWICE = 5;

/**
 * Lists what may have been signed: the right string first, then one mistake, then two, in the URL and in the
 * body.
 *
 * @param {{ method: string, url: string, headers: Record<string, string>, body: Buffer }} call `body` is
 *   what the signature has to cover
 * @param {Buffer} received the whole body
 * @param {{ timestamp: string, nonce_str: string }} fields of Authorization
 * @param {Buffer} message the right string
 * @returns {Generator<[message: Buffer, mistakes: string[]]>} what is wrong with the string: `without its
 *   query`. The right string has none.
 */
export function* signedCandidates(call, received, fields, message) {
  yield [message, []];
  const right = {
    method: call.method,
    url: call.url,
    timestamp: fields.timestamp,
    nonce: fields.nonce_str,
    body: call.body,
  };
  const urls = [...urlsOf(call)];
  const bodies = [...bodiesOf(call.body, received)];
  for (const [url, mistake] of urls) yield [joined({ ...right, url }), [mistake]];
  for (const [body, mistake] of bodies) yield [joined({ ...right, body }), [mistake]];
  for (const [changed, mistake] of fieldsOf(right)) yield [joined(changed), [mistake]];
  for (const [lines, mistake] of linesOf(right)) yield [lines, [mistake]];
  if (received.length > MAX_COMBINED_BODY) return;
  for (const changed of inMilliseconds(right)) {
    yield [joined(changed), ['with its timestamp in milliseconds']];
  }
  for (const [url, wrongUrl] of urls) {
    for (const [body, wrongBody] of bodies) {
      yield [joined({ ...right, url, body }), [wrongUrl, wrongBody]];
    }
  }
}

/** The bytes of a text as node:http decoded it, one character per byte; or of one that was decoded here. */
function bytesOf(text) {
  return Buffer.from(text, /[^\0-\xff]/.test(text) ? 'utf8' : 'latin1');
}

function joined({ method, url, timestamp, nonce, body }, end = '\n') {
  const head = [method, url, timestamp, nonce].map((line) => Buffer.concat([bytesOf(line), LF]));
  return Buffer.concat([...head, body, Buffer.from(end)]);
}

const LF = Buffer.from('\n');

function* urlsOf({ url, headers: { host } }) {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark);
  const different = function* (changed, mistake) {
    if (changed !== undefined && changed !== url) yield [changed, mistake];
  };
  if (query !== '') yield [path, 'without its query'];
  yield* different(decoded(url), 'with its URL percent-decoded');
  yield* different(join(decoded(path), query), 'with its path percent-decoded');
  yield* different(join(path, decoded(query)), 'with its query percent-decoded');
  yield* different(withDigits(url, 'toLowerCase'), LOWER_CASE);
  yield* different(withDigits(url, 'toUpperCase'), UPPER_CASE);
  yield* different(encoded(url), 'with its URL percent-encoded, as it is not sent');
  yield* different(
    encodedParts(path, query),
    'with its URL percent-encoded otherwise than it is sent',
  );
  yield* different(url.replaceAll('%20', '+'), 'with + for each space of its URL');
  yield* different(url.replaceAll('+', '%20'), 'with %20 for each + of its URL');
  if (query !== '') {
    yield* different(path + sortedQuery(query), 'with the parameters of its query sorted');
    yield* different(`${path}${query.slice(1)}`, 'without the ? before its query');
    yield [query.slice(1), 'with its query in place of its URL'];
  }
  if (query === '') yield [`${path}?`, 'with a ? and no query after its path'];
  yield [`${path}/${query}`, 'with a / at the end of its path'];
  yield [url.slice(1), 'without the / at the beginning of its path'];
  yield [`/${url}`, 'with two / at the beginning of its path'];
  if (host !== undefined) {
    yield [`http://${host}${url}`, 'with the whole URL in place of path and query'];
    yield [`https://${host}${url}`, 'with the whole URL in place of path and query'];
    yield [`${host}${url}`, 'with the host before its path'];
  }
  for (const real of ['https://api.mch.weixin.qq.com', 'api.mch.weixin.qq.com']) {
    yield [`${real}${url}`, "with WeChat Pay's host before its path"];
  }
  yield* different(url.replace(/^\/v3\//, '/'), 'without the /v3 of its path');
}

const LOWER_CASE = 'with the hexadecimal digits of its URL in lower case';
const UPPER_CASE = 'with the hexadecimal digits of its URL in upper case';

function withDigits(url, change) {
  return url.replace(/%[\da-f]{2}/gi, (octet) => octet[change]());
}

const join = (path, query) =>
  path === undefined || query === undefined ? undefined : path + query;

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function encoded(url) {
  return encodeURI(Buffer.from(url, 'latin1').toString());
}

/** As encodeURIComponent has it, each segment and each value. */
function encodedParts(path, query) {
  try {
    const component = (text) => encodeURIComponent(decodeURIComponent(text));
    const segments = path.split('/').map(component).join('/');
    const pairs = query
      .slice(1)
      .split('&')
      .map((pair) => pair.split('=').map(component).join('='));
    return query === '' ? segments : `${segments}?${pairs.join('&')}`;
  } catch {
    return undefined;
  }
}

function sortedQuery(query) {
  return `?${query.slice(1).split('&').sort().join('&')}`;
}

/**
 * Lists in which other words a body may have been signed.
 *
 * @param {Buffer} body what has to be signed
 * @param {Buffer} received the whole body
 * @returns {Generator<[body: Buffer, mistake: string]>}
 */
export function* bodiesOf(body, received) {
  const text = body.toString();
  const different = function* (changed, mistake) {
    if (changed === undefined) return;
    const bytes = Buffer.from(changed);
    if (!bytes.equals(body)) yield [bytes, mistake];
  };
  yield* different('', 'without its body');
  if (!received.equals(body)) yield [received, 'with the whole form in place of meta'];
  if (text === '') {
    for (const none of ['{}', '[]', 'null', 'undefined', '""', 'None', 'nil']) {
      yield [Buffer.from(none), `with ${none} for the body, which is empty`];
    }
    return;
  }
  yield* different(`${text}\r\n`, 'with a line break at the end of its body');
  yield* different(text.trim(), 'without the white space around its body');
  yield* different(text.replaceAll('\r\n', '\n'), 'with other line breaks in its body');
  yield* different(text.replaceAll('\n', '\r\n'), 'with other line breaks in its body');
  yield* different(`\uFEFF${text}`, 'with a byte order mark before its body');
  yield* different(text.replace(/^\uFEFF/, ''), 'without the byte order mark of its body');
  yield* different('[object Object]', 'with [object Object] for its body');
  yield* different('undefined', 'with undefined for its body');
  yield* different(encodeURIComponent(text), 'with its body percent-encoded');
  yield* different(body.toString('base64'), 'with its body in base64');
  yield* different(JSON.stringify(text), 'with its body serialised twice');
  yield* different(body.toString('latin1'), 'with its body read as Latin-1');
  yield* serialisedOtherwise(text, different);
}

/** The same JSON in other words: it was serialised once to be signed, and again to be sent. */
function* serialisedOtherwise(text, different) {
  const value = parsed(text);
  if (value === undefined) return;
  for (const each of [value, sorted(value)]) {
    const order = each === value ? '' : ' and its members sorted';
    for (const [spaces, written] of [
      [undefined, ''],
      [2, ' and two spaces'],
      [4, ' and four spaces'],
      ['\t', ' and tabs'],
      ['', ' and the spaces of Python'],
    ]) {
      const json = spaces === '' ? asPython(each) : JSON.stringify(each, undefined, spaces);
      const mistake = `with its body serialised anew${written}${order}`;
      yield* different(json, mistake);
      yield* different(escaped(json), `${mistake}, in ASCII`);
      yield* different(json.replaceAll('/', '\\/'), `${mistake}, with \\/ for each /`);
      yield* different(escaped(json).replaceAll('/', '\\/'), `${mistake}, in ASCII, with \\/`);
      yield* different(forHtml(json), `${mistake}, escaped for HTML`);
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.keys(value)
    .sort()
    .map((name) => [name, sorted(value[name])]);
  return Object.fromEntries(members);
}

function asPython(value) {
  if (Array.isArray(value)) return `[${value.map(asPython).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}: ${asPython(each)}`,
  );
  return `{${members.join(', ')}}`;
}

function escaped(json) {
  return json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** As Go's encoding/json has it. */
function forHtml(json) {
  const codes = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return json.replace(/[<>&]/g, (character) => codes[character]);
}

function* fieldsOf(right) {
  const { method, timestamp, nonce } = right;
  yield [{ ...right, method: method.toLowerCase() }, 'with its method in lower case'];
  const [first, ...rest] = method;
  const capitalised = `${first}${rest.join('').toLowerCase()}`;
  yield [{ ...right, method: capitalised }, `with the method ${capitalised}`];
  for (const other of METHODS.filter((each) => each !== method)) {
    yield [{ ...right, method: other }, `with the method ${other}, not ${method}`];
  }
  yield [{ ...right, timestamp: nonce, nonce: timestamp }, 'with timestamp and nonce_str swapped'];
  for (let seconds = 1; seconds <= CLOCK_READ_TWICE; seconds += 1) {
    for (const offset of [-seconds, seconds]) {
      const other = String(Number(timestamp) + offset);
      yield [
        { ...right, timestamp: other },
        `with another timestamp, ${other}: read the clock once`,
      ];
    }
  }
  yield [{ ...right, nonce: nonce.toLowerCase() }, 'with nonce_str in lower case'];
  yield [{ ...right, nonce: nonce.toUpperCase() }, 'with nonce_str in upper case'];
  yield [{ ...right, nonce: '' }, 'without nonce_str'];
}

function* inMilliseconds(right) {
  for (let rest = 0; rest < 1000; rest += 1) {
    yield { ...right, timestamp: String(Number(right.timestamp) * 1000 + rest) };
  }
}

function* linesOf(right) {
  const { method, url, timestamp, nonce, body } = right;
  const text = body.toString();
  const lines = [method, url, timestamp, nonce, text];
  yield [joined(right, ''), 'without the line feed at its end'];
  yield [joined(right, '\n\n'), 'with a line feed too many at its end'];
  yield [bytesOf(lines.slice(0, 4).join('\n')), 'without its last lines'];
  yield [Buffer.from(`${lines.join('\r\n')}\r\n`), 'with CR LF at the end of each line'];
  yield [Buffer.from(`${lines.join('\\n')}\\n`), 'with a backslash and an n for each line feed'];
  yield [Buffer.from(lines.join('')), 'without any line feed'];
  yield [
    Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, LF]),
    'of a response: without method and URL',
  ];
  yield [joined({ ...right, method: url, url: method }), 'with method and URL swapped'];
}
