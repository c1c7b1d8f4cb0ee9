// The table of what the command says: every text in both languages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { TEXTS } from '../../pkg-template/cli/texts/index.mjs';

const cli = new URL('../../pkg-template/cli/', import.meta.url);
const sources = readdirSync(cli, { recursive: true })
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => readFileSync(new URL(name, cli), 'utf8'));

const placesOf = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('what the command says', () => {
  for (const [name, texts] of Object.entries(TEXTS)) {
    test(`${name} has both languages, with the same values`, () => {
      assert.equal(texts.length, 2);
      const [english, chinese] = texts;
      assert.ok(english.trim() && chinese.trim());
      // Examples are the same in both.
      if (!name.startsWith('example.') && /[A-Za-z]{4}/.test(english.replace(/\{\w+\}/g, ''))) {
        assert.match(chinese, /\p{Script=Han}/u);
      }
      assert.doesNotMatch(english, /\p{Script=Han}/u);
      assert.deepEqual(placesOf(chinese), placesOf(english));
    });
  }

  test('has each text that is asked for, and no other', () => {
    const all = sources.join('\n');
    const asked = [...all.matchAll(/\btold\(\s*(?:\w+ \? )?'([^']+)'/g)].map(([, name]) => name);
    assert.ok(asked.length > 50);
    for (const name of asked) assert.ok(Object.hasOwn(TEXTS, name), name);
    // Those whose names are put together begin so.
    const composed = /^(?:summary|doctor|example)\./;
    const quoted = new Set([...all.matchAll(/'([\w.-]+)'(?!:)/g)].map(([, name]) => name));
    for (const name of Object.keys(TEXTS)) {
      assert.ok(composed.test(name) || quoted.has(name), `${name} is never said`);
    }
  });
});
