// What a host threw shows no part of the signature that was sent, in whatever form, and costs little
// whatever it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay, WechatpayError } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { shown } from './shown.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const signatureOf = (header) => /signature="([^"]+)"/.exec(header)[1];
const inParts = (text, length) => text.match(new RegExp(`.{1,${length}}`, 'g'));
const escaped = (text) =>
  text.replace(/./g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The error of a call whose fetch does this with the Authorization header, and that header. */
async function failed(work) {
  let header;
  const fetch = async (_, init) => {
    header = init.headers.Authorization;
    return work(header);
  };
  const wxpay = new Wechatpay({ ...merchant, maxRetries: 0, fetch });
  const error = await wxpay.preEntrustSignApp(params).catch((reason) => reason);
  assert.ok(error instanceof WechatpayError, String(error));
  return { error, header };
}

/** Everything that the error shows, symbols and what is hidden included. */
function textOf(error) {
  let text = shown(error);
  for (let each = error; each; each = each?.cause) {
    text += inspect(each, { depth: Infinity, showHidden: true });
    for (const inner of each?.errors ?? []) text += shown(inner);
  }
  return text;
}

/** No six characters of the signature in a row are left, once what is no base64 is left out. */
function assertHidden(error, header, name) {
  const signature = signatureOf(header);
  const text = textOf(error);
  for (const each of [text, text.replace(/[^A-Za-z\d+/]/g, '')]) {
    for (let at = 0; at + 8 <= signature.length; at += 1) {
      assert.ok(!each.includes(signature.slice(at, at + 8)), `${name} shows the signature`);
    }
  }
}

const raises = {
  'in lines that end in CR LF': (header) =>
    new Error(inParts(signatureOf(header), 64).join('\r\n')),
  'in lines of 76': (header) => new Error(inParts(signatureOf(header), 76).join('\n')),
  'in short lines': (header) => new Error(inParts(signatureOf(header), 20).join('\r\n')),
  'in pieces between words': (header) =>
    new Error(inParts(signatureOf(header), 16).join(' and then ')),
  'in an array': (header) => new Error(JSON.stringify(inParts(signatureOf(header), 10))),
  'character by character': (header) => new Error(inParts(signatureOf(header), 1).join(' ')),
  'with a dash between the pieces': (header) =>
    new Error(inParts(signatureOf(header), 32).join('-')),
  'its beginning alone': (header) => new Error(signatureOf(header).slice(0, 40)),
  'in base64url': (header) =>
    new Error(signatureOf(header).replaceAll('+', '-').replaceAll('/', '_').slice(0, 200)),
  'percent-encoded, and cut': (header) =>
    new Error(encodeURIComponent(signatureOf(header)).slice(0, 200)),
  'in escapes of JSON': (header) => new Error(escaped(signatureOf(header)).slice(0, 800)),
  'as a symbol': (header) => Symbol(header),
  'as a registered symbol': (header) => Symbol.for(header),
  'as a string': (header) => header,
  'in the code': (header) =>
    Object.assign(new Error('x'), { code: /[A-Za-z\d]{12,60}/.exec(signatureOf(header))?.[0] }),
  'in a name': (header) =>
    Object.assign(new Error('x'), { name: signatureOf(header).slice(0, 90) }),
  'in several errors': (header) =>
    new AggregateError(
      inParts(signatureOf(header), 50).map((part) => new Error(part)),
      'all',
    ),
  'in symbols of several errors': (header) =>
    new AggregateError(
      inParts(signatureOf(header), 50).map((part) => Symbol(part)),
      'all',
    ),
  'in causes': (header) => {
    const [one, two, three] = inParts(signatureOf(header), 120);
    return new Error(one, { cause: new Error(two, { cause: three }) });
  },
  'after much else': (header) => new Error(`${'x '.repeat(4_000)}${header}`),
  'across the cut': (header) => new Error(`${'x '.repeat(4_000)}${signatureOf(header)}`),
};
for (const [name, raise] of Object.entries(raises)) {
  test(`the signature ${name}`, async () => {
    const { error, header } = await failed((text) => {
      throw raise(text);
    });
    assert.equal(error.code, 'ERR_NETWORK');
    assert.ok('cause' in error);
    assertHidden(error, header, name);
  });
}

test('what is harmless stays', async () => {
  const given = Object.assign(
    new TypeError('fetch failed at /home/user/projects/application/node_modules/undici/lib/index', {
      cause: Object.assign(new AggregateError([new Error('connect ECONNREFUSED')], ''), {
        code: 'ECONNREFUSED',
      }),
    }),
    { code: 'UND_ERR_SOCKET' },
  );
  const { error } = await failed(() => {
    throw given;
  });
  const { cause } = error;
  assert.deepEqual(
    [cause.name, cause.message, cause.stack],
    ['TypeError', given.message, given.stack],
  );
  assert.equal(cause.code, 'UND_ERR_SOCKET');
  assert.equal(cause.cause.code, 'ECONNREFUSED');
  assert.equal(cause.cause.errors[0].message, 'connect ECONNREFUSED');
  const symbol = Symbol('x');
  const { error: other } = await failed(() => {
    throw symbol;
  });
  assert.equal(other.cause, symbol);
});

test('an error response that repeats the signature', async () => {
  const forms = {
    escaped,
    'escaped with capitals': (text) => escaped(text).toUpperCase().replaceAll('\\U', '\\u'),
    'escaped twice': (text) => escaped(text).replaceAll('\\', '\\\\'),
    'escaped in part': (text) => text.replace(/[a-m+]/g, escaped),
    'in lines': (text) => inParts(text, 20).join('\\r\\n'),
    'in pieces': (text) => inParts(text, 16).join('", "'),
  };
  for (const [name, form] of Object.entries(forms)) {
    for (const body of [
      (text) => `{"code":"X","message":"m","detail":{"headers":["${text}"]}}`,
      (text) => `{"code":"X","message":"${text.replaceAll('", "', ' ')}"}`,
    ]) {
      const { error, header } = await failed(
        (text) => new Response(body(form(signatureOf(text))), { status: 400 }),
      );
      assert.equal(error.code, 'X');
      assertHidden(error, header, name);
      // As a program reads it: its strings one after another.
      const strings = JSON.stringify(error.detail ?? '').replace(/[^A-Za-z\d+/]/g, '');
      assert.ok(!strings.includes(signatureOf(header).slice(0, 12)), name);
    }
  }
});

test('a cause without end is cut', async () => {
  const long = 'ab+/'.repeat(1 << 20);
  const deep = (depth) =>
    new AggregateError(
      depth === 0 ? [] : Array.from({ length: 8 }, () => deep(depth - 1)),
      'x'.repeat(100_000),
    );
  for (const cause of [
    new Error(long),
    new Error(' '.repeat(1 << 22)),
    new Error(`${'a'.repeat(299)} `.repeat(10_000)),
    new Error(`${'a'.repeat(39)} `.repeat(100_000)),
    new Error('WECHATPAY2-SHA256-RSA2048 serial_no=\\\\'.repeat(50_000)),
    new Error('%2'.repeat(1 << 20)),
    long,
    Symbol(long),
    deep(3),
  ]) {
    const { error } = await failed(() => {
      throw cause;
    });
    const all = [];
    const collect = (each) => {
      if (typeof each === 'string') all.push(each);
      else if (typeof each === 'symbol') all.push(each.description);
      else if (each) {
        all.push(each.message, each.stack, each.name);
        collect(each.cause);
        for (const inner of each.errors ?? []) collect(inner);
      }
    };
    collect(error.cause);
    assert.ok(all.join('').length < 40_000, `${all.join('').length} characters`);
  }
});
