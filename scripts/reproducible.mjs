// Checks that another machine would make the same tarball, byte for byte: it is made again from a clone in
// another folder, with another folder of cargo's, and by somebody whose files nobody else may read.
//
// Where everything here is committed, that is compared with the tarball that was made here. Otherwise two
// clones of the last commit are compared with each other.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure, follow, outputOf, root } from './run.mjs';

// No `npm run build`: that would set up what is the checkout's.
const build = `
  const { rust } = await import('./scripts/setup.mjs');
  const { build } = await import('./scripts/build.mjs');
  const { pack } = await import('./scripts/pack.mjs');
  await rust();
  await build();
  await pack([]);
`;

/** `tarball` is the path of the one that was made here. */
export async function checkReproducible(tarball) {
  const changes = await outputOf('git', ['status', '--porcelain']);
  if (changes === null) throw new Failure('git knows nothing of this folder: it cannot be cloned');
  const folder = await mkdtemp(join(tmpdir(), 'reproducible-'));
  try {
    let first = tarball;
    if (changes !== '') {
      console.log('Not everything is committed: two clones of the last commit are compared.');
      first = await tarballOfClone(join(folder, 'a clone'), '022');
    }
    await compare(first, await tarballOfClone(join(folder, 'some/other clone'), '077'), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tarballOfClone(clone, umask) {
  const name = basename(clone);
  await mkdir(dirname(clone), { recursive: true });
  await follow(`${name}, cloned`, 'git', ['clone', '--quiet', root, clone]);
  await lendTools(clone);
  const cargoHome = await makeCargoHome(join(clone, 'target/cargo-home'));
  // The dot is for `main`, which asks what node was started with.
  const script = `umask ${umask} && exec "$0" --input-type=module --eval "$1" .`;
  await follow(`${name}, built and packed`, 'sh', ['-c', script, process.execPath, build], {
    cwd: clone,
    env: { CARGO_HOME: cargoHome, CARGO_NET_OFFLINE: 'true' },
  });
  const packed = join(clone, 'target/pack');
  const [tarball] = await readdir(packed);
  return join(packed, tarball);
}

// They take minutes to install and to compile, and leave nothing of themselves in the tarball.
async function lendTools(clone) {
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
  const bindgen = '.tools/target/release/bindgen';
  await mkdir(dirname(join(clone, bindgen)), { recursive: true });
  await copyFile(join(root, bindgen), join(clone, bindgen));
}

// The crates are unpacked anew, so that rustc finds them elsewhere, and downloaded no second time.
async function makeCargoHome(folder) {
  const own = resolve(process.env.CARGO_HOME ?? join(homedir(), '.cargo'));
  await mkdir(join(folder, 'registry'), { recursive: true });
  for (const name of ['config.toml', 'registry/cache', 'registry/index']) {
    if (existsSync(join(own, name))) await symlink(join(own, name), join(folder, name));
  }
  return folder;
}

async function compare(one, other, folder) {
  if ((await readFile(one)).equals(await readFile(other))) return;
  const trees = [join(folder, 'one'), join(folder, 'other')];
  for (const [index, tarball] of [one, other].entries()) {
    await mkdir(trees[index]);
    await follow('unpacking', 'tar', ['-xzf', tarball, '-C', trees[index]]);
  }
  const [here, there] = await Promise.all(trees.map(filesOf));
  const names = [...new Set([...here.keys(), ...there.keys()])].sort();
  const different = names.filter((name) => !here.get(name)?.equals(there.get(name) ?? Buffer.of()));
  throw new Failure(
    different.length > 0
      ? `Two builds of one commit differ in ${different.join(', ')}: look for a path of this machine, ` +
          'a time, or an order that is not always the same.'
      : 'Two builds of one commit have the same files, but their tarballs differ: look at the modes and ' +
          'the order of the files.',
  );
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ name, parentPath, path }) => {
    const file = join(parentPath ?? path, name);
    return [file.slice(folder.length + 1), await readFile(file)];
  });
  return new Map(await Promise.all(read));
}
