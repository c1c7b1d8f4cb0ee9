// Makes signatures with many keys, in a process that uses the given kernel (`signer.mjs`).
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const wechatpay = readFileSync(new URL('../keys/wechatpay.spki.pem', import.meta.url), 'utf8');

const pem = ({ name, privateKey }) => ({
  name,
  pem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  wechatpay,
});

/**
 * Runs a program of this folder with `input`, and returns the JSON that it prints. Relaxed SIMD is
 * on where Node has it.
 */
export async function kernelProcess(program, input) {
  // Node 20 has relaxed SIMD only behind a flag.
  const old = Number(process.versions.node.split('.')[0]) < 22;
  const flags = old ? ['--experimental-wasm-relaxed-simd'] : [];
  const path = new URL(program, import.meta.url).pathname;
  const child = spawn(process.execPath, [...flags, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  return JSON.parse(await text(child.stdout));
}

/** What the signer reports for each key. With `responses`, the signer also verifies responses. */
export function signed(kernel, keys, signatures, { responses = false } = {}) {
  const given = { kernel, signatures, responses, keys: keys.map(pem) };
  return kernelProcess('signer.mjs', JSON.stringify(given));
}
