// The package as the tests have it installed: the packed tarball.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';

/** What folders of tests have as node_modules. */
export const packages = join(root, 'tests/node_modules');
export const packageFolder = join(packages, 'wechatpay-wasm');

const { bin } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
/** The program `wechatpay-wasm`. */
export const commandFile = join(packageFolder, Object.values(bin)[0]);
