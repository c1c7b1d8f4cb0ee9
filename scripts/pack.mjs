// The tarball that would be published, and its installation where the tests and examples run: they
// see the package as its users do.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pkg } from './build.mjs';
import { unlessFresh } from './fresh.mjs';
import { follow, root } from './run.mjs';

const tested = ['tests', 'examples-node', 'examples-edge'];

/** Packs pkg/ and installs the tarball afresh in the folders of `users`; gives the tarball's path. */
export async function pack(users = tested) {
  const folder = join(root, 'target/pack');
  const { name, version } = JSON.parse(await readFile(join(pkg, 'package.json'), 'utf8'));
  const tarball = join(folder, `${name}-${version}.tgz`);

  await unlessFresh(
    { stamp: join(root, 'target/pack.stamp'), inputs: [pkg], outputs: [tarball] },
    async () => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await follow('npm pack', 'npm', ['pack', pkg, '--pack-destination', folder]);
    },
  );
  for (const user of users) {
    await installDependencies(user);
    await install(tarball, name, user);
  }
  return tarball;
}

// Of those who have any. npm empties node_modules before, the tarball and both stamps with it.
async function installDependencies(user) {
  const folder = join(root, user);
  const inputs = ['package.json', 'package-lock.json'].map((file) => join(folder, file));
  if (!inputs.every(existsSync)) return;
  await unlessFresh(
    { stamp: join(folder, 'node_modules/.dependencies'), inputs, outputs: [] },
    () => follow(`npm packages of ${user}/`, 'npm', ['ci'], { cwd: folder }),
  );
}

async function install(tarball, name, user) {
  const folder = join(root, user);
  const packages = join(folder, 'node_modules');
  const installed = join(packages, name);
  await unlessFresh(
    {
      stamp: join(packages, '.set-up'),
      inputs: [tarball, join(folder, 'package.json')],
      outputs: [installed],
    },
    async () => {
      // npm would keep what is there: the version is the same.
      await rm(installed, { recursive: true, force: true });
      await rm(join(packages, '.package-lock.json'), { force: true });
      const flags = ['--offline', '--no-save', '--ignore-scripts'];
      // With a lock file beside it npm knows what else is there. Without, it would ask the registry, or
      // what an earlier install happened to leave in its cache.
      await follow(`the tarball, into ${user}/`, 'npm', ['install', ...flags, tarball], {
        cwd: folder,
      });
    },
  );
}
