//! Loads and stores the vectors of WebAssembly.
#![expect(
    unsafe_code,
    reason = "a vector is read from a reference to as many bytes"
)]

use core::arch::wasm32::v128;

/// The bytes of a vector, at any alignment.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Unaligned(v128);

/// Loads a vector from a reference to 16 bytes without padding.
///
/// LLVM splits an extended multiplication of loaded operands into extending loads and a
/// multiplication of 64-bit lanes, which is four times as slow. It cannot do so with a volatile
/// load. `tests/kernels/instructions.test.mjs` counts the instructions.
#[inline(always)]
pub(crate) fn load<T>(bytes: &T) -> v128 {
    const { assert!(size_of::<T>() == 16) };
    // SAFETY: there are 16 bytes behind the reference, and every pattern of them is a vector.
    unsafe {
        core::ptr::from_ref(bytes)
            .cast::<Unaligned>()
            .read_volatile()
    }
    .0
}

/// The same, but the compiler may optimise the load.
#[inline(always)]
pub(crate) fn plain<T>(bytes: &T) -> v128 {
    const { assert!(size_of::<T>() == 16) };
    // SAFETY: as above.
    unsafe { core::ptr::from_ref(bytes).cast::<Unaligned>().read() }.0
}

/// Stores vectors as vectors. If the parts of a vector are stored separately, the processor has to
/// wait before it can load the vector.
#[inline(always)]
pub(crate) fn store<T: Copy, const N: usize>(bytes: &mut T, vectors: [v128; N]) {
    const { assert!(size_of::<T>() == 16 * N) };
    // SAFETY: there are as many bytes behind the reference, and every pattern of them is valid digits.
    unsafe {
        core::ptr::from_mut(bytes)
            .cast::<[Unaligned; N]>()
            .write(vectors.map(Unaligned));
    }
}
