//! What a computation leaves on the stack: copies that the compiler made, of numbers that are moved.
//! Whoever wipes what it holds cannot reach them.

use core::hint::black_box;

/// More than the deepest of these computations has on the stack.
const BYTES: usize = 24 * 1024;

/// Computes, and writes over the part of the stack that it had.
pub(crate) fn wiped<R>(compute: impl FnOnce() -> R) -> R {
    let result = apart(compute);
    wipe();
    result
}

// Neither is part of `wiped`, so that both begin at the same place.
#[inline(never)]
fn apart<R>(compute: impl FnOnce() -> R) -> R {
    compute()
}

#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "it has to be there")]
fn wipe() {
    black_box(&mut [0_u8; BYTES]);
}
