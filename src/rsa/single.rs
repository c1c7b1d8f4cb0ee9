//! One number of any length in digits of 28 bits: for the public modulus, and for primes of another
//! length than 1024 bits. The number of digits is a multiple of four.
//!
//! # The bounds
//!
//! Digits lie from −2^27 to 2^27, as in [`double`](super::double). The longest number, for a
//! modulus of 4096 bits, has 148 digits. By [`scan`](super::scan), a column then has at most 296
//! products of at most 2^54. Their sum is less than 2^62.3, and the carry is below 2^35. A square
//! has doubled digits and half as many products.

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
    pub(super) fn row(sums: &mut Sums, x: &[i32; 4], y: &[i32; 4]) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += i64::from(*x) * i64::from(*y);
        }
    }

    pub(super) fn factors(digits: &[i32; 4]) -> [[i32; 4]; 4] {
        digits.map(|digit| [digit; 4])
    }

    pub(super) fn diagonal(sums: &mut Sums, twice: &[[i32; 4]; 2], x: &[i32; 4]) {
        let ([[d0, ..], [d1, ..]], [x0, x1, x2, x3]) = (twice, x);
        let product = |x: &i32, y: &i32| i64::from(*x) * i64::from(*y);
        sums[0] += product(x0, x0);
        sums[1] += product(d0, x1);
        sums[2] += product(d0, x2) + product(x1, x1);
        sums[3] += product(d0, x3) + product(d1, x2);
    }

    pub(super) fn of(sums: Sums) -> [i64; 4] {
        sums
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod columns {
    //! As vectors: two neighbouring columns in a vector of sums, four digits in a vector of digits.
    #![allow(
        unsafe_code,
        reason = "a vector is loaded from a reference to as many bytes"
    )]

    use super::super::vectors::{load, store};
    use core::arch::wasm32::{
        i32x4_shuffle, i32x4_splat, i64x2, i64x2_add, i64x2_extmul_high_i32x4,
        i64x2_extmul_low_i32x4, i64x2_extract_lane, v128,
    };

    pub(super) type Sums = [v128; 2];

    pub(super) const NOTHING: Sums = [i64x2(0, 0); 2];

    #[inline(always)]
    pub(super) fn row(sums: &mut Sums, x: &[i32; 4], y: &[i32; 4]) {
        let (x, y) = (load(x), load(y));
        sums[0] = i64x2_add(sums[0], i64x2_extmul_low_i32x4(x, y));
        sums[1] = i64x2_add(sums[1], i64x2_extmul_high_i32x4(x, y));
    }

    #[inline(always)]
    pub(super) fn factors([d0, d1, d2, d3]: &[i32; 4]) -> [[i32; 4]; 4] {
        let mut factors = [[0; 4]; 4];
        let vectors = [
            i32x4_splat(*d0),
            i32x4_splat(*d1),
            i32x4_splat(*d2),
            i32x4_splat(*d3),
        ];
        store(&mut factors, vectors);
        factors
    }

    #[inline(always)]
    pub(super) fn diagonal(sums: &mut Sums, twice: &[[i32; 4]; 2], x: &[i32; 4]) {
        let [d0, d1] = twice;
        let (d0, d1, x) = (load(d0), load(d1), load(x));
        let above = i32x4_shuffle::<1, 2, 3, 3>(x, x);
        // x₀·x₀ and 2x₀·x₁; 2x₀·x₂ and 2x₀·x₃; x₁·x₁ and 2x₁·x₂.
        let first = i32x4_shuffle::<0, 4, 4, 4>(x, d0);
        let second = i32x4_shuffle::<0, 4, 4, 4>(above, d1);
        sums[0] = i64x2_add(sums[0], i64x2_extmul_low_i32x4(first, x));
        sums[1] = i64x2_add(sums[1], i64x2_extmul_high_i32x4(d0, x));
        sums[1] = i64x2_add(sums[1], i64x2_extmul_low_i32x4(second, above));
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
    type Factor = [i32; 4];
    type Number = [i32; 156];
    type Factors = [[i32; 4]; 156];
    type Columns = columns::Sums;
    type Carry = i64;
    type Mask = i32;

    const BITS: usize = BITS;
    const LANES: usize = 1;
    const PAD: usize = 0;
    const LENGTH: Option<usize> = None;
    const ZERO: i32 = 0;
    const NOTHING: [i32; 156] = [0; 156];
    const NO_FACTORS: [[i32; 4]; 156] = [[0; 4]; 156];
    const NO_CARRY: i64 = 0;

    fn digit(lanes: [i64; 2]) -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "digits have 28 bits")]
        let digit = lanes[0] as i32;
        digit
    }

    fn lanes(digit: i32) -> [i64; 2] {
        [digit.into(), 0]
    }

    /// Each digit four times, which fills a vector.
    #[inline(always)]
    fn factors(digits: &[i32; 4]) -> [[i32; 4]; 4] {
        columns::factors(digits)
    }

    #[inline(always)]
    fn twice(digits: &[i32; 4]) -> [[i32; 4]; 4] {
        let [d0, d1, d2, d3] = *digits;
        columns::factors(&[2 * d0, 2 * d1, 2 * d2, 2 * d3])
    }

    #[inline(always)]
    fn columns() -> columns::Sums {
        columns::NOTHING
    }

    #[inline(always)]
    fn row(sums: &mut columns::Sums, x: &[i32; 4], y: &[i32; 4]) {
        columns::row(sums, x, y);
    }

    #[inline(always)]
    fn add(sums: &mut columns::Sums, digits: &[i32; 4]) {
        columns::row(sums, &[1; 4], digits);
    }

    #[inline(always)]
    fn normalise(sums: columns::Sums, mut carry: i64) -> ([i32; 4], i64) {
        let mut digit = |sum: i64| {
            let sum = sum + carry;
            carry = (sum + HALF) >> BITS;
            #[expect(clippy::cast_possible_truncation, reason = "a digit has 28 bits")]
            let digit = (sum - (carry << BITS)) as i32;
            digit
        };
        // One by one: a loop would go through memory.
        let [s0, s1, s2, s3] = columns::of(sums);
        let digits = [digit(s0), digit(s1), digit(s2), digit(s3)];
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
    fn pick(gathered: [i32; 4], entry: &[i32; 4], mask: i32) -> [i32; 4] {
        let ([s0, s1, s2, s3], [e0, e1, e2, e3]) = (gathered, entry);
        [
            s0 | (e0 & mask),
            s1 | (e1 & mask),
            s2 | (e2 & mask),
            s3 | (e3 & mask),
        ]
    }

    /// With products by zero: to leave them out of the vectors would cost more.
    #[inline(always)]
    fn low_corner(sums: &mut columns::Sums, x: &[[i32; 4]; 4], y: &[i32; 8]) {
        Self::tile(sums, x, y);
    }

    #[inline(always)]
    fn high_corner(sums: &mut columns::Sums, x: &[[i32; 4]; 4], y: &[i32; 8]) {
        Self::tile(sums, x, y);
    }

    #[inline(always)]
    fn diagonal(sums: &mut columns::Sums, twice: &[[i32; 4]; 2], x: &[i32; 4]) {
        columns::diagonal(sums, twice, x);
    }

    /// Never called: the number of digits is a multiple of four.
    fn low_edge(_: &mut columns::Sums, _: &[[i32; 4]; 2], _: &[i32; 2]) {}

    /// Never called.
    fn peak(_: &mut columns::Sums, _: &[i32; 4], _: &i32) {}
}
