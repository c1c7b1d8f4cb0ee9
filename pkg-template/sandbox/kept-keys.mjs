import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The variable that names another folder, or, when it is empty, none. */
const VARIABLE = 'WECHATPAY_SANDBOX_KEYS';

/** As many keys as the sandboxes of one process usually need. */
const MOST = 16;

/** How long a key is kept, in milliseconds: 30 days. */
const LIFETIME = 30 * 24 * 60 * 60 * 1000;

/** The form of a file's name: what else is in the folder is left alone. */
const NAME = /^[\da-f]{32}\.pem$/;

/** No two sandboxes of this process have the same key, so that one cannot verify the other's responses. */
const taken = new Set();

/**
 * Takes a key pair that an earlier sandbox of this user made and kept. To make one takes several times as
 * long as all else of the start. The keys are worth nothing outside of a sandbox.
 *
 * @returns {{ publicKey: import('node:crypto').KeyObject,
 *   privateKey: import('node:crypto').KeyObject } | undefined} undefined if there is none left
 */
export function takeKeptKeys() {
  const folder = ownFolder();
  for (const name of folder === undefined ? [] : shuffled(freshNames(folder))) {
    if (taken.has(name)) continue;
    const pair = read(join(folder, name));
    if (pair === undefined) continue;
    taken.add(name);
    return pair;
  }
  return undefined;
}

/**
 * Keeps a key pair for the sandboxes of later processes, if there is room, in a file that its owner alone
 * can read. A folder that cannot be used is no error: the next sandbox makes its keys.
 *
 * @param {{ privateKey: import('node:crypto').KeyObject }} pair
 */
export function keepKeys({ privateKey }) {
  const folder = ownFolder();
  if (folder === undefined || freshNames(folder).length >= MOST) return;
  const name = `${randomBytes(16).toString('hex')}.pem`;
  const unfinished = join(folder, `${name}.new`);
  try {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(unfinished, pem, { flag: 'wx', mode: 0o600 });
    // Another process never sees half of a file.
    renameSync(unfinished, join(folder, name));
    taken.add(name);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

/** The folder of the keys; undefined if it is not this user's alone. */
function ownFolder() {
  try {
    const folder = process.env[VARIABLE] ?? cacheFolder();
    if (folder === undefined || folder === '') return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    // Windows has no such modes. What is in a user's profile is closed to others there.
    const isClosed = process.platform === 'win32' || (stats.mode & 0o077) === 0;
    return stats.isDirectory() && isOurs(stats) && isClosed ? folder : undefined;
  } catch {
    return undefined;
  }
}

function cacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const inCache = (folder) => join(folder, 'wechatpay-wasm', 'sandbox-keys');
  if (process.platform === 'win32') return LOCALAPPDATA && inCache(LOCALAPPDATA);
  const home = homedir();
  // With sudo it may be another user's, who could then not write there any more.
  if (!isOurs(statSync(home))) return undefined;
  if (process.platform === 'darwin') return inCache(join(home, 'Library', 'Caches'));
  const isNamed = XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME);
  return inCache(isNamed ? XDG_CACHE_HOME : join(home, '.cache'));
}

function isOurs({ uid }) {
  return process.getuid === undefined || uid === process.getuid();
}

/** The files that are not too old. The others are removed. */
function freshNames(folder) {
  const oldest = Date.now() - LIFETIME;
  try {
    return readdirSync(folder).filter((name) => {
      if (!NAME.test(name)) return false;
      const path = join(folder, name);
      // Another process may just have removed it.
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats !== undefined && stats.mtimeMs < oldest) rmSync(path, { force: true });
      return stats !== undefined && stats.mtimeMs >= oldest;
    });
  } catch {
    return [];
  }
}

function read(path) {
  try {
    const privateKey = createPrivateKey(readFileSync(path));
    const { modulusLength } = privateKey.asymmetricKeyDetails;
    if (privateKey.asymmetricKeyType !== 'rsa' || modulusLength !== 2048) return undefined;
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    return undefined;
  }
}

function shuffled(names) {
  return names
    .map((name) => ({ name, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ name }) => name);
}
