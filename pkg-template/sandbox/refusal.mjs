/**
 * The refusal of a request: the status and the body of the response, and the reason as text for
 * `requests`. It is thrown, so that a parser returns nothing but its result.
 */
export class Refusal extends Error {
  constructor({ status, code, message, detail, reason, headers = {} }) {
    super(reason);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.body = detail === undefined ? { code, message } : { code, message, detail };
  }
}

/**
 * 400 INVALID_REQUEST: the request breaks the rules of APIv3 (public error codes, doc 4012081726).
 */
export function invalidRequest(message, reason) {
  return new Refusal({ status: 400, code: 'INVALID_REQUEST', message, reason });
}

/**
 * 400 PARAM_ERROR with the documented detail. For a parameter in the body, `field` is a JSON
 * Pointer; for one in the query, its plain name (doc 4012081726).
 */
export function paramError({ field, value, issue, location }) {
  return new Refusal({
    status: 400,
    code: 'PARAM_ERROR',
    message: '参数错误',
    detail: { field, ...(value === undefined ? {} : { value }), issue, location },
    reason: `${field === '' ? 'the body' : field}: ${issue}`,
  });
}

/** The problem of a field, a parameter or a part that nobody documents: noted, or refused if `strict`. */
export function unknownField({ field, value, location }) {
  const issue = 'is not a documented field of this request';
  return paramError({ field, value, issue, location });
}

/** The problem of a value that is none of an enumeration's: noted, or refused if `strict`. */
export function unknownValue({ field, value, values, location }) {
  const issue = `is none of the documented values ${values.join(', ')}`;
  return paramError({ field, value, issue, location });
}

/** 401 SIGN_ERROR. */
export function signError({ message, detail, reason }) {
  return new Refusal({ status: 401, code: 'SIGN_ERROR', message, detail, reason });
}
