import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let read;

/** The page: the file beside the sandbox, which is read when somebody first looks at it. */
export function page() {
  // The build lets both forms of the sandbox find the same file here.
  read ??= readFileSync(createRequire(import.meta.url).resolve('./sandbox.html'), 'utf8');
  return read;
}

/**
 * The page may run its own script alone, and reach nothing but its own sandbox. Where the browser knows
 * trusted types, no text can become markup.
 */
export function pagePolicy() {
  return [
    "default-src 'none'",
    `script-src ${hashOf('script')}`,
    `style-src ${hashOf('style')}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashOf(element) {
  const [, content] = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(page());
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
