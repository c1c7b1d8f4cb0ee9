// The command in a terminal of its own: colours there, and nowhere else.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

test('a reader that goes away is no error', async () => {
  for (const args of [
    ['--help'],
    ['trigger', '--list'],
    ['env'],
    ['nonsense'],
    ['sandbox', '--help'],
  ]) {
    const child = spawn(process.execPath, [cli, ...args], { cwd });
    child.stdout.destroy();
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, args[0] === 'nonsense' ? 2 : 0, printed);
    assert.doesNotMatch(printed, /EPIPE/);
  }
});
