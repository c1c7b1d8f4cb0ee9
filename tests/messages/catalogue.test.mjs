// The catalogue is complete, and the package has all of it: each text of the core by its number, in both
// languages, and none of them in the Wasm.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { problemsOf, readCatalogue } from '../../scripts/messages/catalogue.mjs';
import { pageOf, readKinds } from '../../scripts/messages/kinds.mjs';
import { textsInJavaScript, textsInRust } from '../../scripts/messages/texts.mjs';

const dist = dirname(createRequire(import.meta.url).resolve('wechatpay-wasm'));
const catalogue = await readCatalogue();

/** A text that the build wrote into a bundle. */
function written(bundle, name) {
  const found = new RegExp(
    `^var ${name} = ("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|\`[^\`]*\`);$`,
    'm',
  );
  // biome-ignore lint/security/noGlobalEval: a literal of our own build, in whichever quotes it has
  return eval(found.exec(bundle)[1]);
}

test('every text of the core is in every bundle, by its number, in both languages', async () => {
  for (const file of ['index.mjs', 'index.cjs', 'node.cjs', 'workerd.mjs', 'edge-light.mjs']) {
    const bundle = await readFile(join(dist, file), 'utf8');
    const [numbers, english, chinese] = [
      written(bundle, 'numbers').split(' '),
      written(bundle, 'english').split('\n'),
      written(bundle, 'chinese').split('\n'),
    ];
    assert.equal(new Set(numbers).size, numbers.length);
    assert.equal(chinese.length, numbers.length);
    let core = 0;
    for (const each of catalogue) {
      for (const number of each.numbers) {
        const at = numbers.indexOf(number.toString(36));
        assert.equal(chinese[at], each.chinese, each.text);
        if (each.core) assert.equal(english[at], each.text);
      }
      if (each.core) core += 1;
    }
    assert.ok(core > 200, `${core} texts of the core`);
    assert.ok(catalogue.length - core > 100, `${catalogue.length - core} others`);
  }
});

test('no text of an error is in the Wasm', async () => {
  const wasm = await readFile(join(dist, 'wechatpay_bg.wasm'), 'latin1');
  const prose = catalogue.flatMap(({ text }) =>
    text.split('{}').filter((each) => /[a-z]+ [a-z]+ [a-z]+/i.test(each)),
  );
  assert.ok(prose.length > 250, `${prose.length} pieces of prose`);
  const found = prose.filter((each) => wasm.includes(Buffer.from(each).toString('latin1')));
  assert.deepEqual(found, []);
});

test('translations are Chinese, and speak of secrets by their names alone', () => {
  for (const { text, chinese } of catalogue) {
    const words = text.replace(/\{\}|`[^`]*`/g, '');
    if (/[a-z]{2,} [a-z]{2,}/i.test(words)) assert.match(chinese, /\p{Script=Han}/u, text);
    // Half-width punctuation between Chinese characters is a mistake of typing.
    assert.doesNotMatch(chinese, /\p{Script=Han}[,;:!?()]\s?\p{Script=Han}/u, text);
  }
});

test('what does not fit is named', () => {
  const known = (text) => ({ text, core: true, client: false });
  const problems = (texts, chinese) => problemsOf(texts.map(known), chinese).join('\n');
  assert.equal(problems(['a {} b {}'], { 'a {} b {}': '{1} 乙 {0}' }), '');
  assert.equal(problems(['a {} b {}'], { 'a {} b {}': '{} 甲 {}' }), '');
  assert.match(problems(['a'], {}), /^- not translated: a$/);
  assert.match(problems(['a'], { a: '' }), /not translated/);
  assert.match(problems([], { a: '甲' }), /^- in no source: a$/);
  for (const other of ['甲', '{} {} {}', '{0} {2}', '{0} {}', '{0}']) {
    assert.match(problems(['{} {}'], { '{} {}': other }), /^- other \{\} than in English/);
  }
  assert.match(problems(['{0} a'], { '{0} a': '{0} 甲' }), /for translations alone/);
  assert.match(problems(['a'], { a: '甲\n乙' }), /more than one line/);
  assert.match(problems(['toString'], {}), /not translated/);
  // Two texts of one number, of FNV-1a of 32 bits.
  const [one, other] = ['costarring', 'liquid'];
  assert.match(problems([one, other], { [one]: '甲', [other]: '乙' }), /number of another text/);
});

test('texts are read from the sources as they stand there', () => {
  const rust = String.raw`
    let a = message!("one \"quoted\" {} \
                      line", x);
    // message!("in a comment")
    b(message!(
        "two \u{2026}"
    ));
#[cfg(test)]
mod tests { fn t() { message!("three") } }`;
  assert.deepEqual(textsInRust(rust), ['one "quoted" {} line', 'two …']);
  assert.throws(() => textsInRust('message!(text)'), /must be a string literal/);
  const script = String.raw`
    a(message('it\'s ' + "one", x), message("two"));
    //  message('in a comment')
    error.message(x); other.message('no'); function message(text) {}`;
  assert.deepEqual(textsInJavaScript(script), ["it's one", 'two']);
  for (const wrong of ['message(text)', 'message(`a`)', "message('a' + b)"]) {
    assert.throws(() => textsInJavaScript(wrong, 'a.mjs'), /a\.mjs:1: .* string literal/);
  }
});

test('every kind of error is in the types and in the documents', async () => {
  const kinds = await readKinds();
  const types = await readFile(join(dist, 'index.d.mts'), 'utf8');
  const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  assert.equal(page, pageOf(kinds));
  assert.ok(!types.includes('{@codes'));
  for (const { code, class: ofClass } of kinds) {
    const name = / /.test(code) ? code : `\`${code}\``;
    assert.ok(types.includes(` * - ${name} ({@link ${ofClass}}): `), code);
    assert.equal(page.split(/^# /m).length, 3);
  }
  const bundle = await readFile(join(dist, 'index.mjs'), 'utf8');
  // What `error.docs` opens is on the site in both languages: docs/tests/ follows it.
  const pages = written(bundle, 'pages').split(' ');
  for (const { code } of kinds) assert.ok(/ /.test(code) || pages.includes(code), code);
  assert.ok(pages.includes('ERR_CONFIG-privateKey') && pages.includes('PARAM_ERROR'));
});
