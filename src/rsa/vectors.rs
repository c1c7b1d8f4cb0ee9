//! Loading the vectors of WebAssembly.
#![expect(
    unsafe_code,
    reason = "a vector is read from a reference to as many bytes"
)]

use core::arch::wasm32::v128;

/// As many bytes as a vector has, wherever they stand.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Unaligned(v128);

/// Loads a vector from a reference to 16 bytes without padding.
///
/// LLVM knows what an extended multiplication is made of, and takes one of loaded operands apart, into
/// loads that extend and a multiplication of 64-bit lanes, which is four times as slow. It does not look
/// into a volatile load. `tests/kernels/instructions.test.mjs` counts the instructions.
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

/// The same, where the compiler may look into it.
#[inline(always)]
pub(crate) fn plain<T>(bytes: &T) -> v128 {
    const { assert!(size_of::<T>() == 16) };
    // SAFETY: as above.
    unsafe { core::ptr::from_ref(bytes).cast::<Unaligned>().read() }.0
}

/// Stores vectors, as vectors: what is then loaded as one has to have been stored as one, or the processor
/// waits for its memory.
#[inline(always)]
pub(crate) fn store<T: Copy, const N: usize>(bytes: &mut T, vectors: [v128; N]) {
    const { assert!(size_of::<T>() == 16 * N) };
    // SAFETY: there are as many bytes behind the reference; the digits that they are may be any.
    unsafe {
        core::ptr::from_mut(bytes)
            .cast::<[Unaligned; N]>()
            .write(vectors.map(Unaligned));
    }
}
