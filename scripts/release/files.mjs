// The files that say the version.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../run.mjs';
import { isReleased, withRelease } from './changelog.mjs';

// How each says it: what stands before the version, and after it.
const PLACES = [
  ['pkg-template/package.json', /^(\s*"version": ")[^"]+(")/m],
  ['Cargo.toml', /^(\[package\]\nname = "wechatpay-wasm"\nversion = ")[^"]+(")/m],
  ['Cargo.lock', /^(name = "wechatpay-wasm"\nversion = ")[^"]+(")/m],
  ['docker/Dockerfile', /(wechatpay-wasm@)\d[\w.-]*\b()/],
];

// Those that show it as an example, everywhere as it was before.
const MENTIONS = ['docker/Dockerfile', 'docker/README.md'];

/** The version that the package has. */
export async function currentVersion(folder) {
  return JSON.parse(await readFile(join(folder, 'pkg-template/package.json'), 'utf8')).version;
}

/** Whether all of them say it, and the changelog has its day. */
export async function areReleased(folder, version) {
  const changelog = await readFile(join(folder, 'CHANGELOG.md'), 'utf8');
  return isReleased(changelog, version) && (await currentVersion(folder)) === version;
}

/** Writes the version into all of them; gives those that have changed. */
export async function writeVersion(folder, version, date) {
  const before = await currentVersion(folder);
  const changed = [];
  const edit = async (file, change) => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const now = change(text);
    if (now === text) return;
    await writeFile(path, now);
    if (!changed.includes(file)) changed.push(file);
  };
  await edit('CHANGELOG.md', (text) => withRelease(text, version, date));
  for (const [file, place] of PLACES) {
    await edit(file, (text) => {
      if (!place.test(text)) throw new Failure(`${file} does not say the version where it did.`);
      return text.replace(place, `$1${version}$2`);
    });
  }
  for (const file of MENTIONS) {
    await edit(file, (text) => text.replaceAll(`-${before}.tgz`, `-${version}.tgz`));
  }
  return changed;
}
