import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertRefused, CONTRACT, send } from './signed-request.mjs';

describe('how the sandbox checks a body', () => {
  let sandbox;
  before(async () => {
    sandbox = await createSandbox();
  });
  after(() => sandbox.close());

  const refused = async (request, detail) => {
    const expected = { status: 400, code: 'PARAM_ERROR', message: '参数错误' };
    const response = await send(sandbox, request);
    assertRefused(response, sandbox, { ...expected, detail: { ...detail, location: 'body' } });
  };

  const NULL = 'is JSON null, which APIv3 does not accept';
  const FOUR_BYTES = 'has a character that is not 1 to 3 bytes in UTF-8';

  for (const [what, body, issue] of [
    ['an empty body', '', 'is empty'],
    ['null', 'null', NULL],
    ['an array', `[${JSON.stringify(CONTRACT)}]`, 'is not a JSON object'],
    ['a string', '"appid"', 'is not a JSON object'],
    ['a number', '1', 'is not a JSON object'],
    ['cut-off JSON', JSON.stringify(CONTRACT).slice(0, -1), 'is not JSON'],
    ['JSON with a comma too many', '{"appid":"wx1","out_contract_code":"A",}', 'is not JSON'],
    ['two JSON values', '{}{}', 'is not JSON'],
    ['a form', 'appid=wx1&out_contract_code=A', 'is not JSON'],
    ['a byte order mark', `\ufeff${JSON.stringify(CONTRACT)}`, 'is not JSON'],
    ['Latin-1', Buffer.from('{"appid":"\u00e9"}', 'latin1'), 'is not UTF-8'],
    ['UTF-16', Buffer.from(JSON.stringify(CONTRACT), 'utf16le'), 'is not JSON'],
    ['a surrogate in UTF-8', Buffer.from('{"appid":"\xed\xa0\xbd"}', 'latin1'), 'is not UTF-8'],
    ['JSON nested deeply', '['.repeat(100_000) + ']'.repeat(100_000), 'is not a JSON object'],
  ]) {
    test(`refuses ${what}`, () => refused({ body }, { field: '', issue }));
  }

  const wrongInAnyField = [
    ['empty', '', '', 'is empty'],
    ['null', null, null, NULL],
    ['a number', 1, 1, 'is not a string'],
    ['a boolean', true, true, 'is not a string'],
    ['an array', ['wx1'], '[array]', 'is not a string'],
    ['an object', { a: 1 }, '[object]', 'is not a string'],
    ['with an emoji', 'wx\u{1f600}', 'wx\u{1f600}', FOUR_BYTES],
    ['with a lone surrogate', 'wx\ud83d', 'wx\ud83d', FOUR_BYTES],
  ];
  const wrong = {
    appid: [
      ...wrongInAnyField,
      ['too long', 'w'.repeat(33), 'w'.repeat(33), 'is longer than 32 characters'],
      ['far too long', 'w'.repeat(2000), 'w'.repeat(256), 'is longer than 32 characters'],
    ],
    out_contract_code: [
      ...wrongInAnyField,
      ['too long', 'A'.repeat(129), 'A'.repeat(129), 'is longer than 128 characters'],
      ...['A B', 'A/B', 'A.B', 'A\n', '\u4e2d', '\uff21', 'A\u0000'].map((value) => [
        JSON.stringify(value),
        value,
        value,
        'has a character outside [0-9A-Za-z_-]',
      ]),
    ],
  };

  for (const [name, cases] of Object.entries(wrong)) {
    test(`refuses a body without ${name}`, () =>
      refused(
        { json: { ...CONTRACT, [name]: undefined } },
        { field: `/${name}`, value: '', issue: 'is required' },
      ));

    for (const [what, value, shown, issue] of cases) {
      test(`refuses ${name} that is ${what}`, () =>
        refused(
          { json: { ...CONTRACT, [name]: value } },
          { field: `/${name}`, value: shown, issue },
        ));
    }
  }

  test('refuses an emoji as four raw bytes as well as an escaped one', () =>
    refused(
      { body: '{"appid":"\u{1f600}","out_contract_code":"A"}' },
      { field: '/appid', value: '\u{1f600}', issue: FOUR_BYTES },
    ));

  test('refuses a value that is nested too deeply to be serialized', () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    return refused(
      { body: `{"appid":${nested},"out_contract_code":"A"}` },
      { field: '/appid', value: '[array]', issue: 'is not a string' },
    );
  });
});
