import { told } from './language.mjs';

/**
 * An error of the package for people: its code, its message, and what WeChat Pay says of the field.
 *
 * @param {{ code: string, message: string, detail?: any }} error
 */
export function errorLine({ code, message, detail }) {
  // The message of an ApiError begins with its code.
  const text = message.startsWith(code) ? message : `${code}: ${message}`;
  // Some responses have it one level deeper.
  const { field, issue } = detail?.detail ?? detail ?? {};
  // What SIGN_ERROR has here is in its message, with what to do.
  const all = code === 'SIGN_ERROR' ? [] : [field, issue];
  const given = all.filter((each) => typeof each === 'string' && each !== '');
  return given.length === 0 ? text : told('error-detail', { text, detail: given.join(': ') });
}
