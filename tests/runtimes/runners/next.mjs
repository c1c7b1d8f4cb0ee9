// Next.js: the edge route and the Node route, built by each bundler and served by `next start`.

import { join } from 'node:path';
import { output, whileServing } from '../child.mjs';
import { command, here, node, version } from '../tools.mjs';

const project = join(here, 'hosts/next');
const program = command('next', 'dist/bin/next');
const bundlers = { Turbopack: [], webpack: ['--webpack'] };

// One row for each bundler. Each build contains both routes.
export const rows = Object.entries(bundlers).map(([bundler, flags]) => ({
  runtime: 'Next.js',
  how: `edge and Node routes, built by ${bundler}`,
  version: version('next'),
  slow: 1,
  routes: ['edge', 'Node'],
  run: (stage) => builtAndServed(stage, bundler, flags),
}));

async function builtAndServed({ connections, begin, complaints }, bundler, flags) {
  const env = { DIST_DIR: `.next-${bundler.toLowerCase()}`, NEXT_TELEMETRY_DISABLED: '1' };
  await output(node('24'), [program, 'build', ...flags], { cwd: project, env });
  const serve = [program, 'start', '--hostname', '127.0.0.1', '--port', '0'];
  const ready = /http:\/\/127\.0\.0\.1:[1-9]\d*(?=\D)/;
  return whileServing(node('24'), serve, { cwd: project, env, ready }, async (url) => {
    const edge = await ask(`${url}/edge`, connections);
    const seen = complaints().map((error) => ({ name: 'edge: what the sandboxes saw', error }));
    begin();
    const inNode = await ask(`${url}/node`, connections);
    return { results: [...named('edge', edge), ...seen, ...named('Node', inNode)] };
  });
}

const named = (route, results) =>
  results.map(({ name, ...rest }) => ({ name: `${route}: ${name}`, ...rest }));

async function ask(url, body) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return response.json();
}
