// The command in a terminal of its own: colours there, and nowhere else.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

import { cli, cwd } from '../sandbox/command-process.mjs';

const hasScript =
  spawnSync('script', ['--version']).error === undefined && process.platform === 'linux';

describe('in a terminal', { skip: !hasScript && 'script(1) of Linux makes the terminal' }, () => {
  function inTerminal(env) {
    const line = `'${process.execPath}' '${cli}' doctor --offline`;
    return execFileSync('script', ['--quiet', '--command', line, '/dev/null'], {
      cwd,
      env: { PATH: process.env.PATH, TERM: 'xterm', ...env },
      encoding: 'utf8',
    });
  }

  test('doctor has colours, and none with NO_COLOR', () => {
    assert.ok(inTerminal({}).includes('\x1b[31m✗\x1b[0m variables'));
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const text = inTerminal(env);
      assert.match(text, /✗ variables/);
      assert.ok(!text.includes('\x1b['));
    }
  });
});
