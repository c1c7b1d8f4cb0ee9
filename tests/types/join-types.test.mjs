// How the parts of the types become the one published file, and which parts are rejected.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { joinTypes } from '../../scripts/join-types.mjs';

const index = `/** The package. */

export { Second } from './types/second.js';
export {
  First,
  first,
} from './types/first.js';
`;
const first = `export interface First {
  one: 1;
}

export function first(): First;
export function first(one: 1): First;
`;
const second = `import type {} from '../index.js';
import type {
  First,
} from './first.js';

/**
 * \`\`\`ts
 * import { Second } from 'package';
 * \`\`\`
 */
export type Second = First;
`;

const joined = (of = {}) =>
  joinTypes(
    of.index ?? index,
    new Map(Object.entries({ first, second, ...of.parts })),
    new Map(Object.entries(of.generated ?? {})),
  );
const refused = (of, message) => assert.throws(() => joined(of), { message });

test('the parts follow each other in the order of index.d.ts, without their imports', () => {
  assert.equal(
    joined(),
    `/** The package. */

/**
 * \`\`\`ts
 * import { Second } from 'package';
 * \`\`\`
 */
export type Second = First;

${first}`,
  );
});

test('a part may import types of other parts, and exports only what it declares', () => {
  for (const line of [
    "import type { Readable } from 'node:stream';",
    "import type { Other } from '../other.js';",
    "import { Second } from './second.js';",
    "import './second.js';",
    "export { Second } from './second.js';",
    "export type { Second } from './second.js';",
    "export * from './second.js';",
    'export {};',
    'export default First;',
    'interface Unnamed {}',
    'declare global {',
  ]) {
    const parts = { first: `${line}\n${first}` };
    refused(
      { parts },
      `types/first.d.ts exports what it declares, and takes types from other parts, so not: ${line}`,
    );
  }
});

test('every part is listed and exists', () => {
  refused({ parts: { third: '' } }, 'third of types/ is not listed in index.d.ts');
  const third = `${index}export { Third } from './types/third.js';\n`;
  refused({ index: third }, 'third is listed in index.d.ts, and is not in types/');
  const again = `${index}export { Again } from './types/second.js';\n`;
  refused({ index: again }, 'second is listed twice in index.d.ts');
});

test('every name is exported once, from the part that declares it', () => {
  const more = (name) => index.replace('{ Second }', `{ Second, ${name} }`);
  const parts = { second: `${second}export class First {}\n` };
  refused({ parts }, 'First of types/second.d.ts is not exported by index.d.ts');
  refused({ parts, index: more('First') }, 'First is exported twice by index.d.ts');
  refused({ index: more('Third') }, 'Third is not declared in types/second.d.ts');
});

test('index.d.ts ends with its exports, in one form', () => {
  const message = "index.d.ts ends with `export { … } from './types/….js';`, and nothing between";
  refused({ index: '/** The package. */\n' }, message);
  refused({ index: `${index}export * from './types/third.js';\n` }, message);
  refused({ index: `${index}interface Unnamed {}\n` }, message);
  refused({ index: `import type { First } from './types/first.js';\n${index}` }, message);
});

test('what both formats share is taken from its CommonJS form', () => {
  const shared = "export { Shared, Other } from './api.js';\n";
  const text = joined({ index: index.replace('export', `${shared}export`) });
  assert.ok(text.includes("import type { Shared, Other } from './api.cjs';\n"), text);
  assert.ok(text.includes("export type { Shared, Other } from './api.cjs';\n"), text);
  refused(
    { index: index.replace('export', `${shared.replace('Other', 'First')}export`) },
    'First is exported twice by index.d.ts',
  );
});

test('a generated text takes the place of a part, and exports what the part does', () => {
  const second = 'export type Second = Hidden;\ninterface Hidden {}\n';
  const text = joined({ generated: { second } });
  assert.ok(text.includes(`${second}export {};\n`), text);
  refused(
    { generated: { second: 'interface Second {}\n' } },
    'Second is not in what is generated for types/second.d.ts',
  );
  refused(
    { generated: { second: `${second}export type Third = 3;\n` } },
    'Third is generated, and is not in types/second.d.ts',
  );
});
