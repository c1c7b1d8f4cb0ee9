import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

/**
 * Parses a response that the user chose: `POST /v3/refund/domestic/refunds NOT_ENOUGH times=1`. The sandbox
 * checks what it says.
 *
 * @param {string} text
 * @returns {{ method: string, path: string, response: object | undefined }} undefined for \`none\`
 */
export function parseResponse(text) {
  const [, method, path, rest] = text.trim().match(/^([A-Za-z]+)\s+(\/\S*)\s+(\S[\s\S]*)$/) ?? [];
  if (method === undefined) fail();
  const { chosen, times } = splitTimes(rest);
  const response = chosen === 'none' ? undefined : { ...responseOf(chosen), ...times };
  return { method: method.toUpperCase(), path, response };
}

function splitTimes(text) {
  const [, chosen, number] = text.match(/^([\s\S]*?)(?:\s+times=(\d+))?$/);
  return { chosen, times: number === undefined ? {} : { times: Number(number) } };
}

function responseOf(text) {
  if (text.startsWith('{')) return parseJson(text);
  const [, status, code] = text.match(/^(?:(\d{3})(?:\s+|$))?([A-Z][A-Z0-9_]*)?$/) ?? fail();
  return {
    ...(status !== undefined && { status: Number(status) }),
    ...(code !== undefined && { code }),
  };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(told('response-json'));
  }
}

function fail() {
  throw new UsageError(told('response-form', { ways: told('help.response') }));
}
