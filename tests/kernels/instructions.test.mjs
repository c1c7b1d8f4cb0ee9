// The instructions that the compiler chose for the two kernels. The compiler knows the parts of an
// extended multiplication, and may split it into them. The result is the same, but takes four times
// as long.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('wechatpay-wasm'));
const wasmDis = new URL('../../node_modules/binaryen/bin/wasm-dis', import.meta.url).pathname;

// binaryen disassembles. The Node that runs this test may be too old for relaxed SIMD.
const disassembled = (name) =>
  execFileSync(process.execPath, [wasmDis, join(dist, name)], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

function instructions(name) {
  const text = disassembled(name);
  return (pattern) => text.match(new RegExp(`\\(${pattern}\\b`, 'g'))?.length ?? 0;
}

test('the first module multiplies with extended multiplications', () => {
  const count = instructions('wechatpay_bg.wasm');
  const extended = count('i64x2.extmul_(low|high)_i32x4_s');
  const whole = count('i64x2.mul');
  assert.ok(extended > 300, `only ${extended} extended multiplications`);
  assert.ok(whole < 20, `${whole} multiplications of 64-bit lanes`);
});

test('the second module uses fused multiply-add, and the first never does', () => {
  const fused = instructions('wechatpay_fused.wasm')('f64x2.relaxed_madd');
  assert.ok(fused > 300, `only ${fused} fused multiplications`);
  assert.equal(instructions('wechatpay_bg.wasm')('[a-z0-9]+.relaxed_\\w+'), 0);
});

test('the second module has no import and no start function', () => {
  const lines = (pattern) => disassembled('wechatpay_fused.wasm').match(pattern) ?? [];
  assert.deepEqual(lines(/^ +\((import|start) .*$/gm), []);
  // The linker's own exports, such as `__heap_base`, are left out.
  const names = lines(/^ \(export "(?!__)[^"]+"/gm).map((line) => line.split('"')[1]);
  assert.deepEqual(names.sort(), [
    'fused',
    'memory',
    'operands',
    'powers',
    'public_operands',
    'public_power',
  ]);
});
