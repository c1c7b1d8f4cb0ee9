// npm run release -- <version>: makes a release of what is committed.
//
//   --dry-run   makes it in a clone that is thrown away, and says what else would be run
//   --publish   publishes a release that was made, with provenance: for CI, see .github/workflows/release.yml
//
// It writes the version and the day, commits them, builds, runs all checks, packs the tarball, and sets the tag. If a
// check fails, mend it, commit that, and run the command again: it goes on.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areReleased, currentVersion, writeVersion } from './release/files.mjs';
import { checkVersion, distTag } from './release/versions.mjs';
import { repository } from './repository.mjs';
import { Failure, listen, main, root, run } from './run.mjs';

const CHECKS = [
  ['npm', ['test']],
  ['npm', ['run', 'test:all', '--', '--rest']],
];

await main(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, publish: { type: 'boolean' } },
  });
  const [version, ...more] = positionals;
  if (more.length > 0) throw new Failure('One version: npm run release -- 1.2.3 [--dry-run]');
  checkVersion(version, await currentVersion(root));
  const { 'dry-run': isDry = false, publish: publishes = false } = values;
  if (publishes) await publish(version, isDry);
  else if (isDry) await rehearse(version);
  else await release(root, version, run);
});

/** `perform` runs a command, or says that it would. */
async function release(folder, version, perform) {
  const git = (...args) => gitIn(folder, args);
  const tag = `v${version}`;
  if ((await git('tag', '--list', tag)) !== '') throw new Failure(`The tag ${tag} is there.`);
  if ((await git('status', '--porcelain')) !== '') {
    throw new Failure('Not everything is committed: a release is of a commit.');
  }
  if (await areReleased(folder, version)) console.log(`The files say ${version} already.`);
  else {
    const today = new Date().toISOString().slice(0, 10);
    const changed = await writeVersion(folder, version, today);
    await git('add', ...changed);
    await git('commit', '--quiet', '--message', `Release ${version}`);
    console.log(`Committed "Release ${version}": ${changed.join(', ')}`);
  }

  for (const [command, args] of CHECKS) await perform(command, args);
  await git('tag', '--annotate', tag, '--message', `wechatpay-wasm ${version}`);
  console.log(`Set the tag ${tag}.`);
  if (perform === run) await tellTarball(version);
  console.log(`\nNow publish it: git push origin HEAD ${tag}`);
}

/** The same in a clone, without what takes long and what others would see. */
async function rehearse(version) {
  if ((await gitIn(root, ['status', '--porcelain'])) !== '') {
    console.log('Not everything is committed here: this shows a release of the last commit.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    await gitIn(root, ['clone', '--quiet', '--shared', root, folder]);
    // Whoever has no name in git here has none in the clone.
    await gitIn(folder, ['config', 'user.name', 'A dry run']);
    await gitIn(folder, ['config', 'user.email', 'dry-run@localhost']);
    await release(folder, version, tell);
    console.log(`\n${await gitIn(folder, ['show', '--unified=0', '--format=%s', `v${version}`])}`);
    console.log('\nThis was a dry run: nothing here has changed.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Publishes the tarball of a commit that has the version's tag. */
async function publish(version, isDry) {
  // Only CI can say in a way that npm believes which commit the tarball is of.
  if (!isDry && process.env.GITHUB_ACTIONS !== 'true') {
    throw new Failure('CI publishes, since it has the provenance: .github/workflows/release.yml');
  }
  if (!isDry && repository.includes('/OWNER/')) {
    throw new Failure(
      'scripts/repository.mjs has OWNER in place of the owner: write it there, and run node scripts/links.mjs --write',
    );
  }
  if (!(await areReleased(root, version))) {
    throw new Failure(
      `The files do not say ${version}: npm run release -- ${version} comes first.`,
    );
  }
  const tags = (await gitIn(root, ['tag', '--points-at', 'HEAD'])).split('\n');
  if (!tags.includes(`v${version}`)) throw new Failure(`This commit has no tag v${version}.`);
  const perform = isDry ? tell : run;
  for (const [command, args] of CHECKS) await perform(command, args);
  if (!isDry) await tellTarball(version);
  const flags = ['--provenance', '--access', 'public', '--tag', distTag(version)];
  await perform('npm', ['publish', tarballOf(version), ...flags]);
}

function tarballOf(version) {
  return `target/pack/wechatpay-wasm-${version}.tgz`;
}

async function tellTarball(version) {
  const bytes = await readFile(join(root, tarballOf(version)));
  const hash = createHash('sha512').update(bytes).digest('base64');
  console.log(`${tarballOf(version)}: ${bytes.length} bytes, sha512-${hash}`);
}

async function tell(command, args) {
  console.log(`It would run: ${[command, ...args].join(' ')}`);
}

async function gitIn(folder, args) {
  const { code, output } = await listen('git', args, { cwd: folder });
  if (code !== 0) throw new Failure(`git ${args.join(' ')} ended with ${code}\n${output}`);
  return output.trim();
}
