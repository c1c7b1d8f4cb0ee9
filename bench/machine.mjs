// The machine that it was measured on.

import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';

/** The processor, whether it has what the fast ways of RSA want, and how busy it was before. */
export async function machine() {
  const flags = await processorFlags();
  const has = (flag) => (flags === null ? null : flags.includes(flag));
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform}-${process.arch}`,
    fma: has('fma'),
    avx512ifma: has('avx512ifma'),
    load: Number(loadavg()[0].toFixed(2)),
  };
}

/** The versions of whom it is compared with. */
export async function peers() {
  const manifest = await readFile(new URL('package.json', import.meta.url), 'utf8');
  const versions = Object.entries(JSON.parse(manifest).devDependencies);
  return versions.map(([name, version]) => `${name} ${version}`).join(', ');
}

// Linux alone tells them without a program of its own.
async function processorFlags() {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return text.match(/^flags\s*:\s*(.*)$/m)?.[1].split(' ') ?? null;
}

/** The same in words. */
export function inWords({ processor, cores, platform, fma, avx512ifma, load }) {
  const flag = (name, value) => `${name} ${value === null ? 'unknown' : value ? 'yes' : 'no'}`;
  return (
    `${processor}, ${cores} cores, ${platform}, ${flag('FMA', fma)}, ` +
    `${flag('AVX512-IFMA', avx512ifma)}, load before ${load}`
  );
}
