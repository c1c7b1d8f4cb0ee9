//! Two numbers of 1024 bits in 36 digits of 29 bits, in the lanes of integers: p's digits beside q's.
//!
//! # The bounds
//!
//! Digits lie from −2^28 to 2^28: [`normalise`](Arithmetic::normalise) rounds each column to the
//! nearest multiple of B = 2^29, ties downwards, and hands on what it rounded to. By the count of
//! [`scan`](super::scan), a column takes at most 2·36 = 72 products, each of at most 2^56, and a carry of at
//! most (2^62.2 + 2^28)/B + 1 < 2^34: less than 2^62.2 in all, in 64 bits with a sign. A square takes
//! doubled digits, up to 2^29, which an `i32` holds, and half as many products.
//!
//! [`normalise`](Arithmetic::normalise) adds 2^63 + 2^28, so that a sum is not negative and half a digit larger,
//! shifts it without its sign, and takes 2^34 = 2^63/B away from the carry and 2^28 from the digit.
//!
//! After Montgomery's step, four digits whose sum is divisible by B⁴ are each zero, since they lie from
//! −B/2 to below B/2, in which there is no other multiple of B.

use super::arithmetic::Arithmetic;

/// The digits of two numbers at one place.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub(crate) struct Pair([i32; 2]);

/// Two numbers in 36 digits of 29 bits.
#[derive(Clone, Copy)]
pub(crate) struct Double;

pub(crate) const BITS: usize = 29;
const HALF: i64 = 1 << (BITS - 1);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    //! Portable.

    use super::{BITS, HALF, Pair};

    pub(super) type Sums = [[i64; 2]; 4];
    pub(super) type Carry = [i64; 2];
    pub(super) type Mask = [i32; 2];

    pub(super) const NO_CARRY: Carry = [0; 2];

    pub(super) fn nothing() -> Sums {
        [NO_CARRY; 4]
    }

    pub(super) fn row(sums: &mut Sums, x: &Pair, y: &[Pair; 4]) {
        for (sum, y) in sums.iter_mut().zip(y) {
            for ((sum, x), y) in sum.iter_mut().zip(x.0).zip(y.0) {
                *sum += i64::from(x) * i64::from(y);
            }
        }
    }

    pub(super) fn add(sums: &mut Sums, digits: &[Pair; 4]) {
        row(sums, &Pair([1; 2]), digits);
    }

    pub(super) fn normalise(sums: Sums, carry: Carry) -> ([Pair; 4], Carry) {
        let mut carry = carry;
        let digits = sums.map(|sum| {
            let mut digit = [0; 2];
            for ((digit, sum), carry) in digit.iter_mut().zip(sum).zip(&mut carry) {
                let sum = sum + *carry;
                *carry = (sum + HALF) >> BITS;
                #[expect(clippy::cast_possible_truncation, reason = "a digit has 29 bits")]
                let low = (sum - (*carry << BITS)) as i32;
                *digit = low;
            }
            Pair(digit)
        });
        (digits, carry)
    }

    pub(super) fn join(a: Carry, b: Carry) -> Carry {
        [a[0] + b[0], a[1] + b[1]]
    }

    pub(super) fn mask(wanted: [u32; 2], index: u32) -> Mask {
        wanted.map(|wanted| core::hint::black_box(-i32::from(wanted == index)))
    }

    pub(super) fn pick(seen: Pair, entry: Pair, mask: Mask) -> Pair {
        Pair([
            seen.0[0] | (entry.0[0] & mask[0]),
            seen.0[1] | (entry.0[1] & mask[1]),
        ])
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    //! As vectors: a sum in each of two 64-bit lanes; digits in 32-bit lanes, two digits of both
    //! numbers to a vector.

    #![allow(
        unsafe_code,
        reason = "vectors are loaded from references to as many bytes"
    )]

    use core::arch::wasm32::{
        i32x4_shuffle, i64x2, i64x2_add, i64x2_extmul_high_i32x4, i64x2_extmul_low_i32x4,
        i64x2_splat, i64x2_sub, u64x2_shr, v128, v128_and, v128_load, v128_load64_splat,
        v128_store,
    };

    use super::{BITS, HALF, Pair};

    pub(super) type Sums = [v128; 4];
    pub(super) type Carry = v128;
    pub(super) type Mask = [i32; 2];

    pub(super) const NO_CARRY: Carry = i64x2(0, 0);

    #[inline(always)]
    pub(super) fn nothing() -> Sums {
        [NO_CARRY; 4]
    }

    /// Two digits of both numbers.
    #[inline(always)]
    fn two(digits: &[Pair; 2]) -> v128 {
        // SAFETY: the reference is to two times two 32-bit integers, which are 16 bytes; a load has no
        // alignment to keep.
        unsafe { v128_load(digits.as_ptr().cast()) }
    }

    /// A digit of both numbers, twice.
    #[inline(always)]
    fn one(digit: &Pair) -> v128 {
        // SAFETY: the reference is to two 32-bit integers, which are 8 bytes.
        unsafe { v128_load64_splat(core::ptr::from_ref(digit).cast()) }
    }

    #[inline(always)]
    pub(super) fn row(sums: &mut Sums, x: &Pair, y: &[Pair; 4]) {
        let [lower @ .., _, _] = y;
        let [_, _, upper @ ..] = y;
        let (x, lower, upper) = (one(x), two(lower), two(upper));
        sums[0] = i64x2_add(sums[0], i64x2_extmul_low_i32x4(x, lower));
        sums[1] = i64x2_add(sums[1], i64x2_extmul_high_i32x4(x, lower));
        sums[2] = i64x2_add(sums[2], i64x2_extmul_low_i32x4(x, upper));
        sums[3] = i64x2_add(sums[3], i64x2_extmul_high_i32x4(x, upper));
    }

    #[inline(always)]
    pub(super) fn add(sums: &mut Sums, digits: &[Pair; 4]) {
        row(sums, &Pair([1; 2]), digits);
    }

    #[inline(always)]
    pub(super) fn normalise(sums: Sums, carry: Carry) -> ([Pair; 4], Carry) {
        // A sum is shifted without its sign, so it is made positive first; that is taken away from
        // the carry again. There is no instruction for shifting with the sign on x86-64.
        const POSITIVE: i64 = i64::MIN + HALF;
        let less = i64x2_splat(1 << (63 - BITS));
        let positive = i64x2_splat(POSITIVE);
        let mask = i64x2_splat((1 << BITS) - 1);
        let half = i64x2_splat(HALF);

        let mut carry = carry;
        let mut digit = |sum: v128| {
            let sum = i64x2_add(i64x2_add(sum, positive), carry);
            #[expect(clippy::cast_possible_truncation, reason = "29")]
            let shifted = u64x2_shr(sum, BITS as u32);
            carry = i64x2_sub(shifted, less);
            i64x2_sub(v128_and(sum, mask), half)
        };
        let [s0, s1, s2, s3] = sums;
        let (d0, d1, d2, d3) = (digit(s0), digit(s1), digit(s2), digit(s3));
        let mut digits = [Pair::default(); 4];
        let (lower, upper) = (
            i32x4_shuffle::<0, 2, 4, 6>(d0, d1),
            i32x4_shuffle::<0, 2, 4, 6>(d2, d3),
        );
        let to: *mut v128 = digits.as_mut_ptr().cast();
        // SAFETY: the four digits are 32 bytes; a store has no alignment to keep.
        unsafe {
            v128_store(to, lower);
            v128_store(to.add(1), upper);
        }
        (digits, carry)
    }

    #[inline(always)]
    pub(super) fn join(a: Carry, b: Carry) -> Carry {
        i64x2_add(a, b)
    }

    pub(super) fn mask(wanted: [u32; 2], index: u32) -> Mask {
        wanted.map(|wanted| core::hint::black_box(-i32::from(wanted == index)))
    }

    #[inline(always)]
    pub(super) fn pick(seen: Pair, entry: Pair, mask: Mask) -> Pair {
        Pair([
            seen.0[0] | (entry.0[0] & mask[0]),
            seen.0[1] | (entry.0[1] & mask[1]),
        ])
    }
}

impl Arithmetic for Double {
    type Digit = Pair;
    type Number = [Pair; 40];
    type Columns = lanes::Sums;
    type Carry = lanes::Carry;
    type Mask = lanes::Mask;

    const BITS: usize = BITS;
    const LANES: usize = 2;
    const PAD: usize = 0;
    const ZERO: Pair = Pair([0; 2]);
    const NOTHING: [Pair; 40] = [Pair([0; 2]); 40];
    const NO_CARRY: lanes::Carry = lanes::NO_CARRY;

    fn digit(lanes: [i64; 2]) -> Pair {
        #[expect(clippy::cast_possible_truncation, reason = "digits have 29 bits")]
        Pair(lanes.map(|lane| lane as i32))
    }

    fn lanes(digit: Pair) -> [i64; 2] {
        digit.0.map(i64::from)
    }

    #[inline(always)]
    fn double(digit: Pair) -> Pair {
        Pair(digit.0.map(|lane| 2 * lane))
    }

    #[inline(always)]
    fn columns() -> lanes::Sums {
        lanes::nothing()
    }

    #[inline(always)]
    fn row(sums: &mut lanes::Sums, x: &Pair, y: &[Pair; 4]) {
        lanes::row(sums, x, y);
    }

    #[inline(always)]
    fn add(sums: &mut lanes::Sums, digits: &[Pair; 4]) {
        lanes::add(sums, digits);
    }

    #[inline(always)]
    fn normalise(sums: lanes::Sums, carry: lanes::Carry) -> ([Pair; 4], lanes::Carry) {
        lanes::normalise(sums, carry)
    }

    #[inline(always)]
    fn join(a: lanes::Carry, b: lanes::Carry) -> lanes::Carry {
        lanes::join(a, b)
    }

    #[inline(always)]
    fn mask(wanted: [u32; 2], index: u32) -> lanes::Mask {
        lanes::mask(wanted, index)
    }

    #[inline(always)]
    fn pick(seen: Pair, entry: Pair, mask: lanes::Mask) -> Pair {
        lanes::pick(seen, entry, mask)
    }
}
