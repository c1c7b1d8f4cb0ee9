// What is asked of every error in both languages.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { site } from '../../scripts/repository.mjs';
import { merchant } from '../merchant.mjs';

export const HAN = /\p{Script=Han}/u;

/** The error that `work` throws, or rejects with. */
export async function errorOf(work, options) {
  try {
    await work(options);
  } catch (error) {
    return error;
  }
  return assert.fail('resolved');
}

/**
 * Asserts that the error of `work`, which is given options for a client, is the same in both languages but for
 * its text and its page; that it is of a class, and has `fields`.
 */
export async function sameInBothLanguages(work, ofClass, fields, page) {
  const [en, zh] = await Promise.all(
    ['en', 'zh-CN'].map((locale) => errorOf(work, { ...merchant, locale })),
  );
  for (const error of [en, zh]) {
    assert.ok(error instanceof ofClass, String(error));
    assert.equal(error.name, ofClass.name);
    for (const [name, value] of Object.entries(fields)) assert.equal(error[name], value);
    assert.equal(error.stack.split('\n')[0], `${ofClass.name}: ${error.message}`);
    assert.equal(error.toJSON().message, error.message);
    assert.equal(error.toJSON().docs, error.docs);
    assert.doesNotMatch(error.message, /\{\d?\}|undefined/);
    assert.ok(inspect(error).includes(error.message));
  }
  assert.ok(en.docs.startsWith(`${site}en/errors/`), en.docs);
  if (page !== undefined) assert.equal(en.docs, `${site}en/errors/${page}`);
  assert.deepEqual({ ...en, docs: en.docs.replace('/en/', '/zh/') }, { ...zh });
  assert.doesNotMatch(en.message, HAN);
  assert.match(zh.message, HAN);
  // Nothing of it was left in English: what is not Chinese is a name or a code.
  assert.doesNotMatch(zh.message, /\b(?:is|must|has|the|not|it)\b/);
  return { en, zh };
}
