// What an error shows of what a host threw. A `fetch` may attach the complete request to its error,
// including the Authorization header, and `inspect` would print it.

// The limits of one cause: the characters of all its texts and of each, the errors in it, and how
// deep these may stand. Node's errors have two levels: TypeError "fetch failed", then ECONNREFUSED
// for each address. What somebody throws on purpose has no end.
const MOST_CHARACTERS = 32_768;
const LONGEST_TEXT = 8_192;
const MOST_ERRORS = 32;
const MOST_BESIDE = 8;
const DEEPEST = 3;

// A PEM to its end, even if it is cut off; and an Authorization header to its last field, even if
// it is folded.
const SECRETS = [
  /-----BEGIN[\s\S]*/g,
  /WECHATPAY2-SHA256-RSA2048[\s\S]*?(?:serial_no=\\*"[^"\\]*\\*"|$)/g,
];

// What may be base64: in lines, percent-encoded, or in a string of JSON. Each run is matched whole,
// so that the time grows with the length alone.
const RUN = /(?:[\w+/=-]|%2[BF]|%3D|\\\/|\\u00[0-9a-f]{2}|\s{1,2}(?=[\w+/]{40}))+/gi;
// A signature of 2048 bits has 344 characters.
const SIGNATURE = 300;

const REDACTED = '[redacted]';

/**
 * A string that was signed, as a log shows it: without the token of a file's address, which stands for the
 * right to download it. It has no key and no signature in it.
 *
 * @param {string} message
 */
export function withoutToken(message) {
  return message.replace(/([?&][\w-]*token=)[^&\s"\\]*/gi, `$1${REDACTED}`);
}

/**
 * The harmless parts of what was thrown: a copy, with its name, message, stack, code, cause and
 * errors. What is no object stays as it is, unless its text shows a secret.
 *
 * @param {unknown} thrown
 * @param {string} [signature] which no text may show, not even in pieces
 */
export function harmless(thrown, signature = '') {
  return copyOf(thrown, 0, { characters: MOST_CHARACTERS, errors: MOST_ERRORS, signature });
}

/**
 * The same of what `fetch` threw, with the signature that was sent in `headers`.
 *
 * @param {unknown} thrown
 * @param {readonly (readonly [name: string, value: string])[]} [headers]
 */
export function shielded(thrown, headers = []) {
  const sent = headers.find(([name]) => name === 'Authorization')?.[1] ?? '';
  return harmless(thrown, /[A-Za-z\d+/]{64,}/.exec(sent)?.[0]);
}

function copyOf(thrown, depth, budget) {
  if (typeof thrown === 'string') return redacted(thrown, budget);
  if (typeof thrown === 'symbol') {
    const shown = redacted(thrown.description ?? '', budget);
    return shown === (thrown.description ?? '') ? thrown : Symbol(shown);
  }
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
    return thrown;
  }
  try {
    return errorOf(thrown, depth, budget);
  } catch {
    // A getter of the error throws.
    return new Error('an error that cannot be read');
  }
}

function errorOf({ name, message, stack, code, syscall, cause, errors }, depth, budget) {
  budget.errors -= 1;
  const error = new Error(redacted(message, budget));
  const hide = (key, value) =>
    Object.defineProperty(error, key, {
      __proto__: null,
      value,
      writable: true,
      configurable: true,
    });
  hide('name', redacted(name ?? 'Error', budget));
  hide('stack', redacted(stack ?? message, budget));
  if (typeof code === 'number' || isCode(code, budget)) error.code = code;
  // It tells whether a connection was made.
  if (isCode(syscall, budget)) hide('syscall', syscall);
  const goesOn = () => depth < DEEPEST && budget.errors > 0;
  if (cause !== undefined && goesOn()) hide('cause', copyOf(cause, depth + 1, budget));
  if (Array.isArray(errors) && goesOn()) {
    const copies = [];
    for (const each of errors.slice(0, MOST_BESIDE)) {
      if (goesOn()) copies.push(copyOf(each, depth + 1, budget));
    }
    hide('errors', copies);
  }
  return error;
}

function isCode(code, budget) {
  return /^[\w.-]{1,64}$/.test(code) && redacted(code, budget) === code;
}

/** Removes everything that looks like a key, an Authorization header or a signature. */
function redacted(value, budget) {
  const whole = String(value);
  const text = whole.slice(0, Math.min(LONGEST_TEXT, budget.characters));
  const isCut = text.length < whole.length;
  budget.characters -= text.length;
  let shown = text;
  for (const secret of SECRETS) shown = shown.replace(secret, REDACTED);
  shown = shown.replace(RUN, (run, at) => {
    // What the cut parted may be the beginning of a signature.
    const isParted = isCut && run.length >= 16 && at + run.length === shown.length;
    return run.length >= SIGNATURE || isParted ? REDACTED : run;
  });
  if (budget.signature) shown = withoutSignature(shown, budget.signature);
  return isCut ? `${shown} [cut]` : shown;
}

/**
 * The text without pieces of the signature. Where pieces remain that only something else parts, the
 * text is not shown at all.
 */
function withoutSignature(text, signature) {
  const rest = text.replace(/[A-Za-z\d+/]{6,}/g, (run) =>
    signature.includes(run) ? REDACTED : run,
  );
  const plain = rest
    .replaceAll(REDACTED, '')
    .replace(/%(2[BF])|\\u00(2[bf]|[3-7][\da-f])/gi, (_, one, other) =>
      String.fromCharCode(Number.parseInt(one ?? other, 16)),
    );
  const urlSafe = plain.replaceAll('-', '+').replaceAll('_', '/');
  for (const each of [plain, urlSafe]) {
    const letters = each.replace(/[^A-Za-z\d+/]/g, '');
    for (let at = 0; at + 8 <= signature.length; at += 8) {
      if (letters.includes(signature.slice(at, at + 8))) return REDACTED;
    }
  }
  return rest;
}
