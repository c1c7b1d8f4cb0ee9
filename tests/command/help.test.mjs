// How the commands say how they are called, in both languages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { COMMANDS } from '../../pkg-template/cli/commands.mjs';
import { run } from '../sandbox/command-process.mjs';

const names = COMMANDS.map(({ name }) => name);
// What `respond` says of paths.
const PATH_VARIABLES = /\{(?:variables|out_trade_no)\}/g;
const zh = ['--lang', 'zh-CN'];

describe('the help of the command', { timeout: 300_000 }, () => {
  test('lists the commands, in the language of --lang, of the locale, and of neither', async () => {
    const english = await run(['--help']);
    assert.deepEqual([english.code, english.stderr], [0, '']);
    for (const name of names) assert.match(english.stdout, new RegExp(`^  ${name} +\\S`, 'm'));
    for (const line of english.stdout.split('\n')) assert.ok(line.length <= 120, line);
    const chinese = await run([...zh, '--help']);
    assert.match(chinese.stdout, /退出码：0 完成，1 失败，2 用法错误/);
    for (const [env, is] of [
      [{ LANG: 'zh_CN.UTF-8' }, chinese],
      [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, english],
      [{ WECHATPAY_LOCALE: 'zh-CN', LC_ALL: 'C' }, chinese],
      [{ LANG: 'de_DE.UTF-8' }, english],
    ]) {
      assert.equal((await run(['--help'], { env })).stdout, is.stdout);
    }
    assert.equal(
      (await run(['--help', '--lang=en'], { env: { LANG: 'zh_CN' } })).stdout,
      english.stdout,
    );
  });

  for (const name of names) {
    test(`says how \`${name}\` is called, with an example`, async () => {
      for (const lang of [[], zh]) {
        const { code, stdout, stderr } = await run([name, '--help', ...lang]);
        assert.deepEqual([code, stderr], [0, '']);
        assert.ok(stdout.startsWith(`wechatpay-wasm ${name}`), stdout);
        assert.match(
          stdout,
          new RegExp(`\\n(?:Examples?:|示例：)\\n  (?:echo .* )?wechatpay-wasm ${name}\\b`),
        );
        assert.equal(/[一-龥]/.test(stdout), lang.length > 0);
        assert.doesNotMatch(stdout.replace(PATH_VARIABLES, ''), /\{\w+\}/);
        for (const line of stdout.split('\n')) assert.ok(line.length <= 120, line);
        const { options } = COMMANDS.find((each) => each.name === name);
        if (lang.length > 0) continue;
        for (const option of Object.keys(options)) {
          assert.match(stdout, new RegExp(`--${option}\\b`), `--${option}`);
        }
      }
    });
  }

  for (const [args, english, chinese] of [
    [
      ['docter'],
      /^Unknown command "docter"; did you mean doctor\?/,
      /^没有命令 "docter"；是不是 doctor？/,
    ],
    [['doctor', '--ofline'], /did you mean --offline\?/, /是不是 --offline？/],
    [['get'], /^An argument is missing/, /^缺少参数/],
    [['get', 'a', 'b'], /^It takes at most 1 arguments/, /^除选项外最多 1 个参数/],
    [['post', 'v3/x', '--json', '{'], /^--json is no JSON/, /^--json 不是 JSON/],
    [
      ['post', 'v3/x', '--json', '{"a":9007199254740993}'],
      /^--json has an integer/,
      /无法精确表示的整数/,
    ],
    [
      ['post', 'v3/x', '--json', '@no/such'],
      /^--json: no\/such cannot be read: ENOENT/,
      /无法读取/,
    ],
    [['get', 'v3/x', '--query', 'a'], /^--query is written such as name=value/, /的写法是/],
    [['get', 'v3/x', '--env', 'no/such'], /^--env: no\/such cannot be read: ENOENT/, /无法读取/],
    [
      ['pre-entrust-sign-app', '--appid', 'wx1'],
      /^--out-contract-code is missing/,
      /^缺少 --out-co/,
    ],
    [['download', 'v3/bill/tradebill'], /^--to needs a path/, /需要一个路径/],
    [['authorization', 'LOOK', 'v3/x'], /^The method must be one of GET, POST/, /请求方法只能是/],
    [['sign', 'x'], /^The merchant’s private key is missing/, /^缺少商户私钥/],
    [['verify', 'x'], /^That is no captured request/, /^这不是抓取的/],
    [
      ['verify', 'x', '--signature', 'x', '--by', 'me'],
      /^--by must be wechatpay or merchant/,
      /--by 只能是/,
    ],
    [['decrypt', '{"ciphertext":"x","nonce":"y"}'], /^The APIv3 key is missing/, /^缺少 APIv3密钥/],
    [
      ['verify', '{"headers":{"wechatpay-signature":"x"},"body":{}}'],
      /^The body was parsed/,
      /已被解析/,
    ],
  ]) {
    test(`says what is wrong with \`wechatpay-wasm ${args.join(' ')}\``, async () => {
      for (const [lang, message] of [
        [[], english],
        [zh, chinese],
      ]) {
        const { code, stdout, stderr } = await run([...args, ...lang]);
        assert.deepEqual([code, stdout], [2, ''], stderr);
        assert.match(stderr, message);
        assert.doesNotMatch(stderr, /^ {4}at /m);
      }
    });
  }

  test('refuses another language', async () => {
    const { code, stderr } = await run(['doctor', '--lang', 'fr']);
    assert.equal(code, 2);
    assert.match(stderr, /^--lang must be one of en, zh-CN\./);
  });

  test('leaves the arguments of a command that `sandbox` runs alone', async () => {
    const echo = [process.execPath, '-p', 'process.argv.slice(1)', '--', '--lang', 'fr'];
    const { code, stdout, stderr } = await run(['sandbox', '--', ...echo]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\[ '--lang', 'fr' \]/);
  });
});
