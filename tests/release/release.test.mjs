// `npm run release`, in a repository of its own that has this one's files: the checks of its package.json are short.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const CHANGES = '# Changelog\n\n## Unreleased\n\n### Added\n\n- Something.\n';
// What the checks leave: the tarball.
const CHECK = "require('fs').mkdirSync('target/pack', { recursive: true });";
const packed = (version) =>
  `${CHECK} require('fs').writeFileSync('target/pack/wechatpay-wasm-${version}.tgz', 'x');`;

/** A repository with one commit. */
function repository({ changelog = CHANGES, check = packed('7.0.0') } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  folders.push(folder);
  const files = ['scripts', 'docker', 'Cargo.toml', 'Cargo.lock', 'pkg-template/package.json'];
  for (const file of files) cpSync(join(root, file), join(folder, file), { recursive: true });
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  writeFileSync(join(folder, '.gitignore'), 'target/\n');
  writeFileSync(join(folder, 'check.cjs'), check);
  const scripts = { test: 'node check.cjs', 'test:all': 'node check.cjs' };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', scripts }),
  );
  const git = (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('config', 'user.name', 'A test');
  git('config', 'user.email', 'test@localhost');
  git('config', 'core.autocrlf', 'false');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const inCI = (...args) => releaseWith({ GITHUB_ACTIONS: 'true' }, ...args);
  const release = (...args) => releaseWith({ GITHUB_ACTIONS: '' }, ...args);
  const releaseWith = (more, ...args) => {
    const env = { ...process.env, ...more };
    const options = { cwd: folder, encoding: 'utf8', env };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'scripts/release.mjs'), ...args],
      options,
    );
    return { status, stdout, stderr };
  };
  return { folder, git, read, release, inCI };
}

const today = /\d{4}-\d\d-\d\d/;

test('a dry run shows the whole release, and changes nothing', () => {
  const { git, release } = repository();
  const before = [git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')];
  const { status, stdout, stderr } = release('7.0.0', '--dry-run');
  assert.equal(status, 0, stderr);
  for (const shown of [
    /^Committed "Release 7\.0\.0": CHANGELOG\.md, pkg-template\/package\.json, Cargo\.toml, Cargo\.lock, docker\/Dockerfile, docker\/README\.md$/m,
    /^It would run: npm test$/m,
    /^It would run: npm run test:all -- --rest$/m,
    /^Set the tag v7\.0\.0\.$/m,
    /^\+## 7\.0\.0 — \d{4}-\d\d-\d\d$/m,
    /^\+version = "7\.0\.0"$/m,
    /^\+ {2}"version": "7\.0\.0",$/m,
    /nothing here has changed\.\n$/,
  ]) {
    assert.match(stdout, shown);
  }
  assert.deepEqual([git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')], before);
});

test('a release commits the version everywhere, checks it, and sets its tag', () => {
  const { git, read, release } = repository();
  const { status, stdout, stderr } = release('7.0.0');
  assert.equal(status, 0, stderr);
  assert.match(stdout, /target\/pack\/wechatpay-wasm-7\.0\.0\.tgz: 1 bytes, sha512-/);
  assert.equal(git('log', '-1', '--format=%s'), 'Release 7.0.0');
  assert.equal(git('tag', '--points-at', 'HEAD'), 'v7.0.0');
  assert.equal(git('status', '--porcelain'), '');
  assert.match(read('CHANGELOG.md'), /^## 7\.0\.0 — \d{4}-\d\d-\d\d$/m);
  assert.match(read('CHANGELOG.md'), today);
  assert.equal(JSON.parse(read('pkg-template/package.json')).version, '7.0.0');
  assert.match(read('Cargo.toml'), /^version = "7\.0\.0"$/m);
  assert.match(read('Cargo.lock'), /^name = "wechatpay-wasm"\nversion = "7\.0\.0"$/m);
  assert.match(read('docker/Dockerfile'), /wechatpay-wasm@7\.0\.0\n/);
  assert.match(read('docker/README.md'), /wechatpay-wasm-7\.0\.0\.tgz/);

  const again = release('7.0.0');
  assert.equal(again.status, 1);
  assert.match(again.stderr, /The tag v7\.0\.0 is there/);
});

test('where a check fails there is no tag, and the command goes on when it is mended', () => {
  const { folder, git, release } = repository({ check: 'process.exit(1);' });
  assert.equal(release('7.0.0').status, 1);
  assert.equal(git('tag'), '');
  writeFileSync(join(folder, 'check.cjs'), packed('7.0.0'));
  assert.match(release('7.0.0').stderr, /Not everything is committed/);
  git('commit', '--quiet', '--all', '--message', 'Mend the check');
  const { status, stdout } = release('7.0.0');
  assert.equal(status, 0);
  assert.match(stdout, /^The files say 7\.0\.0 already\.$/m);
  assert.equal(git('tag', '--points-at', 'HEAD'), 'v7.0.0');
});

test('what is no release is refused', () => {
  const { release } = repository();
  for (const [args, problem] of [
    [[], /nothing is no version/],
    [['next'], /next is no version/],
    [['v7.0.0'], /v7\.0\.0 is no version/],
    [['7.0.0', '8.0.0'], /One version/],
    [['0.0.1'], /0\.0\.1 comes before /],
  ]) {
    const { status, stderr } = release(...args);
    assert.equal(status, 1);
    assert.match(stderr, problem);
  }
  for (const [changelog, problem] of [
    ['# Changelog\n\n## 6.0.0 — 2026-01-01\n\n- Old.\n', /does not begin with "## Unreleased"/],
    ['# Changelog\n\n## Unreleased\n\n## 6.0.0 — 2026-01-01\n\n- Old.\n', /says of no change/],
  ]) {
    const { status, stderr } = repository({ changelog }).release('7.0.0', '--dry-run');
    assert.equal(status, 1);
    assert.match(stderr, problem);
  }
});

test('CI publishes a tagged commit, with provenance; a preview is not the latest', () => {
  for (const [version, tag] of [
    ['7.0.0', 'latest'],
    ['7.0.0-rc.1', 'next'],
  ]) {
    const { git, release, inCI } = repository({ check: packed(version) });
    assert.match(release(version, '--publish', '--dry-run').stderr, /comes first/);
    assert.equal(release(version).status, 0);
    assert.match(release(version, '--publish').stderr, /CI publishes/);
    // The real addresses are not known yet: what would be published has links that lead nowhere.
    const named = inCI(version, '--publish');
    assert.match(named.stderr, /has OWNER in place of the owner/);
    assert.ok(!named.stdout.includes('npm publish'));
    const { status, stdout } = release(version, '--publish', '--dry-run');
    assert.equal(status, 0);
    const publish = `npm publish target/pack/wechatpay-wasm-${version}.tgz --provenance --access public --tag ${tag}`;
    assert.ok(stdout.includes(`It would run: ${publish}\n`), stdout);
    git('commit', '--quiet', '--allow-empty', '--message', 'Go on');
    assert.match(release(version, '--publish', '--dry-run').stderr, /This commit has no tag/);
  }
});
