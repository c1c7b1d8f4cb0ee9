import { withClient } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { givenText, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { print } from './result.mjs';

const APPID = ['appid', 'wxd678efh567h23787'];
const CODE = ['outContractCode', 'APPLYMENT_00000000001'];
const OPENID = ['openid', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'];
const PERSON = [
  ['realName', '@name.txt'],
  ['credType', 'ID_CARD'],
  ['credId', '@number.txt'],
];
const ID = ['preEntrustwebId', '1121_…'];

/**
 * The methods of the client that have names: of each its parameters, with a value for the example. Of those
 * in `optional` any may be left out.
 *
 * @type {{ method: string, params: string[][], optional?: string[][] }[]}
 */
const CALLS = [
  { method: 'preEntrustSignApp', params: [APPID, CODE] },
  { method: 'preEntrustSignMiniProgram', params: [APPID, CODE, OPENID] },
  { method: 'preEntrustSignAppWithRealName', params: [APPID, CODE, ...PERSON] },
  { method: 'preEntrustSignMiniProgramWithRealName', params: [APPID, CODE, OPENID, ...PERSON] },
  { method: 'queryContractByOutContractCode', params: [APPID, CODE] },
  { method: 'queryContractByOpenid', params: [APPID, OPENID], optional: [['permissionType', '']] },
  { method: 'appLaunchParams', params: [APPID, ID, CODE] },
  {
    method: 'paySign',
    params: [['type', 'jsapi'], APPID, ['prepayId', 'wx201410272009395522657a690389285100']],
    optional: [['partnerid', '']],
  },
  { method: 'echo', params: [] },
];

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A command for each. */
export const typedCommands = CALLS.map(({ method, params, optional = [] }) => {
  const name = kebab(method);
  const all = [...params, ...optional].map(([param]) => param);
  return {
    name,
    get summary() {
      return told(`summary.${name}`);
    },
    get help() {
      const called = params.map(([param]) => `--${kebab(param)} …`);
      const others = optional.map(([param]) => `[--${kebab(param)} …]`);
      const example = params.map(([param, value]) => `--${kebab(param)} ${value}`);
      return told('help.typed', {
        usage: wrapped([name, ...called, ...others], '    '),
        summary: told(`summary.${name}`),
        method,
        example: wrapped([name, ...example], '      '),
        credentials: told('help.credentials'),
      });
    },
    options: {
      ...Object.fromEntries(all.map((param) => [kebab(param), { type: 'string' }])),
      ...CREDENTIAL_OPTIONS,
    },
    async run({ values, positionals }) {
      requireArguments(positionals, 0);
      const given = all.filter((param) => values[kebab(param)] !== undefined);
      const missing = params.find(([param]) => !given.includes(param));
      if (missing) throw new UsageError(told('missing-option', { option: kebab(missing[0]) }));
      const entries = given.map((param) => {
        const option = kebab(param);
        // A line feed at the end of a file is none of a name or a number.
        return [param, givenText(`--${option}`, values[option]).trim()];
      });
      const args = all.length === 0 ? [] : [Object.fromEntries(entries)];
      print(await withClient(values, (wxpay) => wxpay[method](...args)));
      return 0;
    },
  };
});

/** A call on lines of at most 100 characters, as a shell takes them. */
function wrapped(parts, indent) {
  let line = 'wechatpay-wasm';
  const lines = [];
  for (const part of parts) {
    if (line.length + part.length > 96) {
      lines.push(`${line} \\`);
      line = `${indent}${part}`;
    } else line = `${line} ${part}`;
  }
  return [...lines, line].join('\n');
}
