#!/usr/bin/env node
// The package's command `wechatpay-wasm`.

import { runCommandLine } from './cli/command-line.mjs';

process.exitCode = await runCommandLine(process.argv.slice(2));
