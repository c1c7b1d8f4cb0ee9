// The crates that are compiled into the published Wasm.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);

function shipped() {
  const args = ['tree', '--locked', '--offline', '--target', 'wasm32-unknown-unknown'];
  const edges = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
  const lines = execFileSync('cargo', [...args, ...edges], { cwd: root, encoding: 'utf8' });
  return new Set(lines.split('\n').flatMap((line) => line.split(' ')[0] || []));
}

test('no crate ships that only tests use, `rsa` among them', () => {
  const crates = shipped();
  assert.ok(crates.has('aes-gcm') && crates.has('sha2'), [...crates].join(' '));
  const manifest = readFileSync(new URL('Cargo.toml', root), 'utf8');
  const sections = manifest
    .split(/^(?=\[)/m)
    .filter((part) => /^\[.*dev-dependencies\]/.test(part));
  const ofTests = sections.flatMap((part) =>
    [...part.matchAll(/^([\w-]+) = /gm)].map(([, name]) => name),
  );
  assert.ok(ofTests.includes('rsa') && ofTests.length > 5);
  assert.deepEqual(
    ofTests.filter((name) => crates.has(name)),
    [],
  );
});
