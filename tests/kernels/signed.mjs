// Signatures of many keys, made in a process with the kernel that is asked for (`signer.mjs`).
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const wechatpay = readFileSync(new URL('../keys/wechatpay.spki.pem', import.meta.url), 'utf8');

const pem = ({ name, privateKey }) => ({
  name,
  pem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  wechatpay,
});

/** What the signer says of each key; with `answers`, of answers that it had verified, too. */
export async function signed(kernel, keys, signatures, { answers = false } = {}) {
  // Node 20 has relaxed SIMD, and keeps it behind a flag.
  const old = Number(process.versions.node.split('.')[0]) < 22;
  const flags = old ? ['--experimental-wasm-relaxed-simd'] : [];
  const signer = new URL('signer.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [...flags, signer], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ kernel, signatures, answers, keys: keys.map(pem) }));
  return JSON.parse(await text(child.stdout));
}
