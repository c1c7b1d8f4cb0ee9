//! One number of any length in digits of 28 bits, as many of them as are needed, to a multiple of four:
//! for the public modulus, and for primes of another length than 1024 bits.
//!
//! # The bounds
//!
//! Digits lie from −2^27 to 2^27, as in [`double`](super::double). The longest number has 148 of them,
//! for a modulus of 4096 bits, so by the count of [`scan`](super::scan) a column takes at most 296 products of at most
//! 2^54, less than 2^62.3, and a carry below 2^35. A square takes doubled digits and half as many products.

use super::arithmetic::Arithmetic;

/// One number in digits of 28 bits.
#[derive(Clone, Copy)]
pub(crate) struct Single;

pub(crate) const BITS: usize = 28;
const HALF: i64 = 1 << (BITS - 1);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod columns {
    //! Portable.

    pub(super) type Sums = [i64; 4];

    pub(super) const NOTHING: Sums = [0; 4];

    #[inline(always)]
    pub(super) fn row(sums: &mut Sums, x: i32, y: &[i32; 4]) {
        for (sum, y) in sums.iter_mut().zip(y) {
            *sum += i64::from(x) * i64::from(*y);
        }
    }

    pub(super) fn of(sums: Sums) -> [i64; 4] {
        sums
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod columns {
    //! As vectors: two neighbouring columns in each, and four digits in one.
    #![allow(
        unsafe_code,
        reason = "a vector is loaded from a reference to as many bytes"
    )]

    use core::arch::wasm32::{
        i32x4_splat, i64x2, i64x2_add, i64x2_extmul_high_i32x4, i64x2_extmul_low_i32x4,
        i64x2_extract_lane, v128, v128_load,
    };

    pub(super) type Sums = [v128; 2];

    pub(super) const NOTHING: Sums = [i64x2(0, 0); 2];

    #[inline(always)]
    pub(super) fn row(sums: &mut Sums, x: i32, y: &[i32; 4]) {
        // SAFETY: the reference is to four 32-bit integers, which are 16 bytes; a load has no alignment to
        // keep.
        let y = unsafe { v128_load(y.as_ptr().cast()) };
        let x = i32x4_splat(x);
        sums[0] = i64x2_add(sums[0], i64x2_extmul_low_i32x4(x, y));
        sums[1] = i64x2_add(sums[1], i64x2_extmul_high_i32x4(x, y));
    }

    pub(super) fn of([lower, upper]: Sums) -> [i64; 4] {
        [
            i64x2_extract_lane::<0>(lower),
            i64x2_extract_lane::<1>(lower),
            i64x2_extract_lane::<0>(upper),
            i64x2_extract_lane::<1>(upper),
        ]
    }
}

impl Arithmetic for Single {
    type Digit = i32;
    type Number = [i32; 152];
    type Columns = columns::Sums;
    type Carry = i64;
    type Mask = i32;

    const BITS: usize = BITS;
    const LANES: usize = 1;
    const PAD: usize = 0;
    const ZERO: i32 = 0;
    const NOTHING: [i32; 152] = [0; 152];
    const NO_CARRY: i64 = 0;

    fn digit(lanes: [i64; 2]) -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "digits have 28 bits")]
        let digit = lanes[0] as i32;
        digit
    }

    fn lanes(digit: i32) -> [i64; 2] {
        [digit.into(), 0]
    }

    #[inline(always)]
    fn double(digit: i32) -> i32 {
        2 * digit
    }

    #[inline(always)]
    fn columns() -> columns::Sums {
        columns::NOTHING
    }

    #[inline(always)]
    fn row(sums: &mut columns::Sums, x: &i32, y: &[i32; 4]) {
        columns::row(sums, *x, y);
    }

    #[inline(always)]
    fn add(sums: &mut columns::Sums, digits: &[i32; 4]) {
        columns::row(sums, 1, digits);
    }

    #[inline(always)]
    fn normalise(sums: columns::Sums, mut carry: i64) -> ([i32; 4], i64) {
        let digits = columns::of(sums).map(|sum| {
            let sum = sum + carry;
            carry = (sum + HALF) >> BITS;
            #[expect(clippy::cast_possible_truncation, reason = "a digit has 28 bits")]
            let digit = (sum - (carry << BITS)) as i32;
            digit
        });
        (digits, carry)
    }

    #[inline(always)]
    fn join(a: i64, b: i64) -> i64 {
        a + b
    }

    fn mask(wanted: [u32; 2], index: u32) -> i32 {
        core::hint::black_box(-i32::from(wanted[0] == index))
    }

    #[inline(always)]
    fn pick(seen: i32, entry: i32, mask: i32) -> i32 {
        seen | (entry & mask)
    }
}
