import { validateHeaderName, validateHeaderValue } from 'node:http';
import { documentedError } from './business-code.mjs';
import { compareTemplates, matchTemplate } from './path-template.mjs';
import { refusalWith } from './tampering.mjs';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MEMBERS = ['status', 'code', 'message', 'detail', 'body', 'headers', 'times'];
const REASON = 'every check passed; sandbox.respond chose the response';

/** Stores the responses that the user of the sandbox chose, by method and path. */
export function createResponses() {
  let chosen = [];
  return {
    /**
     * Chooses the response to the next calls of a path, in place of what was chosen for it before.
     *
     * @param {string} method
     * @param {string} path may have `{variables}`
     * @param {import('../sandbox.d.ts').SandboxResponse | undefined} response undefined for none
     */
    choose(method, path, response) {
      requirePath(method, path);
      const parsed = response === undefined ? undefined : parse(response);
      chosen = chosen.filter((each) => each.method !== method || each.path !== path);
      if (parsed !== undefined) chosen.push({ method, path, ...parsed });
    },
    /** What was chosen, as JSON. */
    list: () =>
      chosen.map(({ method, path, times, outcome: { status, code, body, headers } }) => ({
        ...{ method, path, status, code, body, headers },
        times: Number.isFinite(times) ? times : undefined,
      })),
    /** Whether a response was chosen for this call. */
    has: (method, path) => find(method, path) !== undefined,
    /** Takes the outcome for a call that passed its checks; undefined if none was chosen. */
    take(method, path) {
      const found = find(method, path);
      if (found === undefined) return undefined;
      found.times -= 1;
      if (found.times === 0) chosen = chosen.filter((each) => each !== found);
      return found.outcome;
    },
  };

  // A path that is written out comes before one with variables.
  function find(method, path) {
    const [found] = chosen
      .filter((each) => each.method === method && matchTemplate(each.path, path) !== undefined)
      .sort((one, other) => compareTemplates(one.path, other.path));
    return found;
  }
}

function requirePath(method, path) {
  if (!METHODS.includes(method)) fail(`the method must be one of ${METHODS.join(', ')}`);
  if (typeof path !== 'string' || !/^\/[^?#\s]*$/.test(path)) {
    fail('the path must begin with a slash and have no query, such as /v3/refund/domestic/refunds');
  }
}

function parse(response) {
  if (!isObject(response)) fail('the response must be an object, or undefined for none');
  const unknown = Object.keys(response).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) {
    fail(`unknown member ${unknown.join(', ')} of the response (it knows ${MEMBERS.join(', ')})`);
  }
  const { times = Number.POSITIVE_INFINITY, headers = {} } = response;
  if (times !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(times) && times >= 1)) {
    fail('times must be a whole number from 1');
  }
  if (!isObject(headers) || !Object.entries(headers).every(isHeader)) {
    fail('headers must be an object of names and values of headers');
  }
  return { times, outcome: Object.freeze({ ...outcomeOf(response), headers, reason: REASON }) };
}

function outcomeOf({ status, code, message, detail, body }) {
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
    fail('status must be a whole number from 200 to 599');
  }
  if (body !== undefined) {
    if (code !== undefined) fail('give either code or body');
    if (!isObject(body)) fail('body must be an object that JSON can represent');
    return {
      status: status ?? 200,
      code: textOr(body.code),
      body: JSON.parse(JSON.stringify(body)),
    };
  }
  if (code === undefined) return outcomeWithStatus(status);
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]*$/.test(code)) {
    fail('code must be a code of an error, such as NOT_ENOUGH');
  }
  const documented = documentedError(code);
  const chosen = status ?? documented?.status;
  if (chosen === undefined) fail(`nobody documents a status of ${code}: give status, too`);
  const error = {
    code,
    message: message ?? documented?.message ?? code,
    ...(detail === undefined ? {} : { detail }),
  };
  return { status: chosen, code, body: error };
}

function outcomeWithStatus(status) {
  if (status === undefined) fail('the response needs a status, a code or a body');
  if (status < 400) return { status, code: undefined, body: undefined };
  const { code, body } = refusalWith({ status });
  return { status, code, body };
}

function isHeader([name, value]) {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return typeof value === 'string';
  } catch {
    return false;
  }
}

const textOr = (value) => (typeof value === 'string' ? value : undefined);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function fail(problem) {
  throw new TypeError(`sandbox.respond: ${problem}`);
}
