// The machine that the bench runs on.

import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';

/**
 * The processor, whether it has the instructions that fast RSA uses, and its load before the run.
 */
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

/** The packages that the bench compares with, and their versions. */
export async function peers() {
  const manifest = await readFile(new URL('package.json', import.meta.url), 'utf8');
  const versions = Object.entries(JSON.parse(manifest).devDependencies);
  return versions.map(([name, version]) => `${name} ${version}`).join(', ');
}

// Only on Linux: other systems need an extra program for this.
async function processorFlags() {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return text.match(/^flags\s*:\s*(.*)$/m)?.[1].split(' ') ?? null;
}

/** The machine as text. */
export function asText({ processor, cores, platform, fma, avx512ifma, load }) {
  const flag = (name, value) => `${name} ${value === null ? 'unknown' : value ? 'yes' : 'no'}`;
  return (
    `${processor}, ${cores} cores, ${platform}, ${flag('FMA', fma)}, ` +
    `${flag('AVX512-IFMA', avx512ifma)}, load before ${load}`
  );
}
