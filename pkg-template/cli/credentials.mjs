// The merchant's credentials: of each variable what the flags say, or else the environment, or else `.env`.

import { readFileSync } from 'node:fs';
import { textOfFile } from '../client/key-file.mjs';
import { readDotenv } from './dotenv-file.mjs';
import { CLIENT_VARIABLES } from './variables.mjs';

/** The flags. Those in FILES name a file, so that no secret is in the list of processes. */
export const CREDENTIAL_OPTIONS = Object.fromEntries(
  [
    ...['mchid', 'serial', 'cert', 'private-key', 'public-key-id', 'public-key', 'certs'],
    ...['apiv3-key', 'base-url', 'env'],
  ].map((name) => [name, { type: 'string' }]),
);

const FILES = ['cert', 'private-key', 'public-key', 'apiv3-key'];
const FILE = '.env';

// What else the client reads in its environment. The language is the command's, too (command-line.mjs).
const OTHERS = ['WECHATPAY_LOG', 'WECHATPAY_LOCALE', 'LC_ALL', 'LC_MESSAGES', 'LANG'];

/**
 * @typedef {object} Credentials
 * @property {Record<string, string>} env for `Wechatpay.fromEnv`. The files that it names are read, unless they
 *   cannot be: the client then says so
 * @property {{ name: string, from: string }[]} found where each variable was found
 * @property {string[]} names of all variables that are set, in the environment and the file
 */

/**
 * @param {Record<string, any>} values the flags
 * @returns {Credentials}
 */
export function readCredentials(values) {
  const path = values.env ?? FILE;
  const file = readDotenv(path, values.env !== undefined);
  const sources = [
    ['--', ofFlags(values)],
    ['environment', process.env],
    [path, file],
  ];
  const env = {};
  const found = [];
  for (const name of CLIENT_VARIABLES) {
    for (const [from, variables] of sources) {
      const names = [name, `${name}_FILE`].filter((each) => bare(variables[each]) !== '');
      if (names.length === 0) continue;
      for (const each of names) {
        env[each] = bare(variables[each]);
        found.push({ name: each, from: from === '--' ? flagOf(name) : from });
      }
      break;
    }
  }
  for (const name of OTHERS) {
    const value = process.env[name] || file[name];
    if (value) env[name] = value;
  }
  const all = Object.entries({ ...file, ...process.env }).filter(([, value]) => value !== '');
  return { env: withFiles(env), found, names: all.map(([name]) => name) };
}

const flagOf = (name) => `--${name.replace('WECHATPAY_', '').toLowerCase().replaceAll('_', '-')}`;

function ofFlags(values) {
  const given = Object.keys(CREDENTIAL_OPTIONS).filter((name) => values[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => {
      const variable = `WECHATPAY_${name.toUpperCase().replaceAll('-', '_')}`;
      return [FILES.includes(name) ? `${variable}_FILE` : variable, values[name]];
    }),
  );
}

/** A value without white space and quotes around it, as the client takes it. */
function bare(value = '') {
  return value.trim().replace(/^(["'])([\s\S]*)\1$/, '$2');
}

// The client reads files, too, but only from Node 20.16 on.
function withFiles(env) {
  for (const name of CLIENT_VARIABLES) {
    const path = env[`${name}_FILE`];
    if (path === undefined || env[name] !== undefined) continue;
    try {
      const text = bare(textOfFile(readFileSync(path)));
      if (text === '') continue;
      env[name] = text;
      delete env[`${name}_FILE`];
    } catch {
      // It stays, and the client says what is wrong with it.
    }
  }
  return env;
}

/**
 * The options of a client with these credentials, which the client has accepted before.
 *
 * @param {Record<string, string>} env
 */
export function optionsOf(env) {
  const of = (name) => env[`WECHATPAY_${name}`];
  const [id, key, auto] = [of('PUBLIC_KEY_ID'), of('PUBLIC_KEY'), of('CERTS')];
  const certs = { ...(id && key && { [id]: key }), ...(auto === 'auto' && { auto: true }) };
  return {
    mchid: of('MCHID'),
    serial: of('SERIAL'),
    cert: of('CERT'),
    privateKey: of('PRIVATE_KEY'),
    certs,
    apiv3Key: of('APIV3_KEY'),
    baseUrl: of('BASE_URL'),
  };
}
