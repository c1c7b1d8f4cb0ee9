// The language that the environment asks for, in processes of their own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = `
  import { preEntrustSignApp, Wechatpay } from 'wechatpay-wasm';
  const languageOf = ({ message }) => (/\\p{Script=Han}/u.test(message) ? 'zh' : 'en');
  const said = [];
  try { new Wechatpay({}) } catch (error) { said.push(languageOf(error)) }
  try { Wechatpay.fromEnv() } catch (error) { said.push(languageOf(error)) }
  await preEntrustSignApp({}).catch((error) => said.push(languageOf(error)));
  try { new Wechatpay({ locale: 'en' }) } catch (error) { said.push(languageOf(error)) }
  console.log(said.join(' '));
`;

const cases = [
  [{}, 'en'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh' }, 'zh'],
  [{ LANG: 'zha_CN' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US' }, 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'zh_HK' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', WECHATPAY_LOCALE: 'en' }, 'en'],
  [{ LANG: 'en_US', WECHATPAY_LOCALE: 'zh-CN' }, 'zh'],
  [{ LANG: 'en_US', WECHATPAY_LOCALE: 'zh_CN' }, 'zh'],
];

for (const [env, language] of cases) {
  test(`${JSON.stringify(env)} is ${language}`, () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { env, cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8', timeout: 60_000 },
    );
    assert.equal(stdout, `${language} ${language} ${language} en\n`, stderr);
  });
}
