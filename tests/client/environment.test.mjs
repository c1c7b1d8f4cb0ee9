// Environment variables, read for Rust to decide about.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readEnvironment } from '../../pkg-template/client/environment.mjs';

const variables = [
  ['MCHID', 'mchid'],
  ['KEY', 'private_key'],
];
const files = new Map([['/key', 'pem\n']]);
const readFile = (path) => {
  if (!files.has(path)) throw new Error(`no ${path}`);
  return files.get(path);
};

test('values, and files where there is no value', () => {
  const read = readEnvironment(
    { MCHID: ' 1 ', KEY: ' ', KEY_FILE: ' /key\n' },
    variables,
    readFile,
  );
  assert.deepEqual(read.texts, {
    MCHID: ' 1 ',
    KEY: ' ',
    KEY_FILE: ' /key\n',
    'KEY_FILE content': 'pem\n',
  });
  assert.equal(read.failures.size, 0);
  const both = readEnvironment({ KEY: 'pem', KEY_FILE: '/absent' }, variables, readFile);
  assert.deepEqual(both.texts, { KEY: 'pem', KEY_FILE: '/absent' });
});

test('what cannot be read is null, and has an error', () => {
  const env = {
    get MCHID() {
      throw new Error('no');
    },
    KEY_FILE: '/absent',
  };
  const { texts, failures } = readEnvironment(env, variables, readFile);
  assert.deepEqual(texts, { MCHID: null, KEY_FILE: '/absent', 'KEY_FILE content': null });
  assert.equal(
    failures.get('MCHID').message,
    'mchid: MCHID in the environment cannot be read: it throws',
  );
  const unread = failures.get('KEY_FILE content');
  assert.equal(unread.option, 'privateKey');
  assert.match(unread.message, /^privateKey: the file that KEY_FILE names cannot be read; where/);
  assert.equal(unread.cause.message, 'no /absent');
  const number = readEnvironment({ KEY: 7 }, variables, readFile).failures.get('KEY');
  assert.equal(number.message, 'privateKey: KEY in the environment must be a string, not a number');
});

test('no environment at all', () => {
  for (const env of [null, 7, 'env', undefined]) {
    assert.throws(() => readEnvironment(env, variables, readFile), { option: 'env' });
  }
});
