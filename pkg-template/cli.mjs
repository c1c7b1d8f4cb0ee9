#!/usr/bin/env node
// The package's command `wechatpay-wasm`.

import { HELP, parseCommandLine, UsageError } from './cli/command-line.mjs';
import { runSandbox, StartError } from './cli/run-sandbox.mjs';

try {
  const parsed = parseCommandLine(process.argv.slice(2));
  if (parsed.help) process.stdout.write(HELP);
  else process.exitCode = await runSandbox(parsed);
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\`wechatpay-wasm --help\` shows how it is called.\n`);
    process.exitCode = 2;
  } else if (error instanceof StartError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}
