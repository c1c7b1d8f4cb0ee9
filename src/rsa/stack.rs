//! Wipes the stack after a computation. The compiler copies numbers to the stack when they are
//! moved. Code that wipes its own variables cannot reach these copies.

use core::hint::black_box;

/// More than the deepest of these computations uses of the stack.
const BYTES: usize = 24 * 1024;

/// Runs `compute`, and overwrites the part of the stack that it used.
pub(crate) fn wiped<R>(compute: impl FnOnce() -> R) -> R {
    let result = apart(compute);
    wipe();
    result
}

// Neither function is inlined into `wiped`, so both start at the same stack address.
#[inline(never)]
fn apart<R>(compute: impl FnOnce() -> R) -> R {
    compute()
}

#[inline(never)]
#[expect(
    clippy::large_stack_arrays,
    reason = "it has to cover the stack that was used"
)]
fn wipe() {
    black_box(&mut [0_u8; BYTES]);
}
