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
    MCHID: '1',
    KEY: '',
    KEY_FILE: '/key',
    'KEY_FILE content': 'pem',
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

test('quotes and a byte order mark around a value are none of it', () => {
  const pem = '-----BEGIN X-----\\n"a\'b"\\n-----END X-----';
  for (const around of [
    `"${pem}"`,
    `'${pem}'`,
    `\ufeff${pem}`,
    `\ufeff"${pem}"\r\n`,
    ` ' ${pem} ' `,
  ]) {
    const { texts } = readEnvironment({ KEY: around }, variables, readFile);
    assert.deepEqual(texts, { KEY: pem });
    const files = readEnvironment({ KEY_FILE: '"/key"' }, variables, () => around);
    assert.deepEqual(files.texts, { KEY_FILE: '/key', 'KEY_FILE content': pem });
  }
  for (const alone of ['"', "'", `"a'`, 'a"b"', '"a', 'a"']) {
    const { texts } = readEnvironment({ KEY: alone }, variables, readFile);
    assert.deepEqual(texts, { KEY: alone });
  }
});

test('an environment that is none, and values that are promises or objects', () => {
  for (const [env, message] of [
    [new Map(), /not a Map/],
    [Promise.resolve({}), /not a promise; await it/],
    [[], /not an array/],
  ]) {
    assert.throws(() => readEnvironment(env, variables, readFile), { option: 'env', message });
  }
  for (const [value, message] of [
    [Promise.resolve('x'), /KEY in the environment must be a string, not a promise; await it/],
    [
      { get: async () => 'x' },
      /not an object with get\(\), as a secret of Workers is; await its get\(\)/,
    ],
  ]) {
    const { failures } = readEnvironment({ KEY: value }, variables, readFile);
    assert.match(failures.get('KEY').message, message);
  }
});
