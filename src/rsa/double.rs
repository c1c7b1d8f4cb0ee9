//! Two numbers of 1024 bits in 36 digits of 29 bits, in the lanes of integers: p's digits beside q's.
//!
//! # The bounds
//!
//! Digits lie from −2^28 to 2^28: [`normalise`](Arithmetic::normalise) rounds each column to the
//! nearest multiple of B = 2^29, ties upwards, and carries that multiple to the next column.
//! [`scan`](super::scan) shows how many products a column has: at most 2·36 = 72, each of at most
//! 2^56. Added to them are one or two carries, each of at most (2^62.2 + 2^28)/B + 1 < 2^34. The
//! sum is less than 2^62.2, which fits into a signed 64-bit integer. A square has half as many
//! products, of doubled digits. A doubled digit is at most 2^29, which fits into an `i32`.
//!
//! [`normalise`](Arithmetic::normalise) adds 2^63 + 2^28 to a sum: it is then not negative, and
//! larger by half a digit. It shifts the sum as an unsigned number, and subtracts 2^34 = 2^63/B
//! from the carry and 2^28 from the digit.
//!
//! After Montgomery's step, the value of the four lowest digits is divisible by B⁴. Each of them is
//! then zero: it lies from −B/2 to below B/2, where zero is the only multiple of B.

use super::arithmetic::Arithmetic;

/// A digit of each of the two numbers, at the same position.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub(crate) struct Pair([i32; 2]);

/// Two numbers in 36 digits of 29 bits.
#[derive(Clone, Copy)]
pub(crate) struct Double;

pub(crate) const BITS: usize = 29;
/// The number of digits.
pub(crate) const DIGITS: usize = 36;
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

    /// Adds x·y to one column.
    fn add_product(sum: &mut [i64; 2], x: &[Pair; 2], y: Pair) {
        for ((sum, x), y) in sum.iter_mut().zip(x[0].0).zip(y.0) {
            *sum += i64::from(x) * i64::from(y);
        }
    }

    pub(super) fn row(sums: &mut Sums, x: &[Pair; 2], y: &[Pair; 4]) {
        for (sum, y) in sums.iter_mut().zip(y) {
            add_product(sum, x, *y);
        }
    }

    pub(super) fn low_corner(sums: &mut Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        let [_, _, _, _, y @ ..] = y;
        for (at, x) in x.iter().enumerate() {
            for (sum, y) in sums.iter_mut().skip(at).zip(y) {
                add_product(sum, x, *y);
            }
        }
    }

    pub(super) fn high_corner(sums: &mut Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        let [y @ .., _, _, _, _] = y;
        for (at, x) in x.iter().enumerate() {
            for (sum, y) in sums.iter_mut().zip(y.iter().skip(4 - at)) {
                add_product(sum, x, *y);
            }
        }
    }

    pub(super) fn diagonal(sums: &mut Sums, twice: &[[Pair; 2]; 2], x: &[Pair; 4]) {
        let ([d0, d1], [x0, x1, x2, x3]) = (twice, x);
        let [s0, s1, s2, s3] = sums;
        add_product(s0, &[*x0; 2], *x0);
        add_product(s1, d0, *x1);
        add_product(s2, d0, *x2);
        add_product(s2, &[*x1; 2], *x1);
        add_product(s3, d0, *x3);
        add_product(s3, d1, *x2);
    }

    pub(super) fn factors(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        digits.map(|digit| [digit; 2])
    }

    pub(super) fn twice(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        digits.map(|digit| [Pair(digit.0.map(|lane| 2 * lane)); 2])
    }

    pub(super) fn add(sums: &mut Sums, digits: &[Pair; 4]) {
        row(sums, &[Pair([1; 2]); 2], digits);
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

    pub(super) fn pick(mut gathered: [Pair; 4], entry: &[Pair; 4], mask: Mask) -> [Pair; 4] {
        for (gathered, entry) in gathered.iter_mut().zip(entry) {
            for ((gathered, entry), mask) in gathered.0.iter_mut().zip(entry.0).zip(mask) {
                *gathered |= entry & mask;
            }
        }
        gathered
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    //! As vectors. Each vector of sums has two 64-bit lanes, one sum in each. Each vector of digits
    //! has four 32-bit lanes, with two digits of both numbers.

    #![allow(
        unsafe_code,
        reason = "vectors are loaded from references to as many bytes"
    )]

    use core::arch::wasm32::{
        i32x4_add, i32x4_eq, i32x4_shuffle, i64x2, i64x2_add, i64x2_extmul_high_i32x4,
        i64x2_extmul_low_i32x4, i64x2_splat, i64x2_sub, u32x4, u32x4_splat, u64x2_shr, v128,
        v128_and, v128_or,
    };

    use super::super::vectors::{load, plain, store};
    use super::{BITS, HALF, Pair};

    pub(super) type Sums = [v128; 4];
    pub(super) type Carry = v128;
    pub(super) type Mask = v128;

    pub(super) const NO_CARRY: Carry = i64x2(0, 0);

    #[inline(always)]
    pub(super) fn nothing() -> Sums {
        [NO_CARRY; 4]
    }

    #[inline(always)]
    pub(super) fn row(sums: &mut Sums, x: &[Pair; 2], y: &[Pair; 4]) {
        let [lower @ .., _, _] = y;
        let [_, _, upper @ ..] = y;
        let (x, lower, upper) = (load(x), load::<[Pair; 2]>(lower), load::<[Pair; 2]>(upper));
        add_low(&mut sums[0], x, lower);
        add_high(&mut sums[1], x, lower);
        add_low(&mut sums[2], x, upper);
        add_high(&mut sums[3], x, upper);
    }

    /// Adds x·y to a column. y is the first of the two digits in its vector.
    #[inline(always)]
    fn add_low(sum: &mut v128, x: v128, y: v128) {
        *sum = i64x2_add(*sum, i64x2_extmul_low_i32x4(x, y));
    }

    /// Adds x·y to a column. y is the second of the two digits in its vector.
    #[inline(always)]
    fn add_high(sum: &mut v128, x: v128, y: v128) {
        *sum = i64x2_add(*sum, i64x2_extmul_high_i32x4(x, y));
    }

    #[inline(always)]
    pub(super) fn low_corner(sums: &mut Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        let [x0, x1, x2, x3] = x;
        let (x0, x1, x2, x3) = (load(x0), load(x1), load(x2), load(x3));
        let [_, _, _, below_0 @ .., _, _, _] = y;
        let [_, _, _, _, from_0 @ .., _, _] = y;
        let [_, _, _, _, _, from_1 @ .., _] = y;
        let [_, _, _, _, _, _, from_2 @ ..] = y;
        let (below_0, from_0) = (load::<[Pair; 2]>(below_0), load::<[Pair; 2]>(from_0));
        let (from_1, from_2) = (load::<[Pair; 2]>(from_1), load::<[Pair; 2]>(from_2));
        add_low(&mut sums[0], x0, from_0);
        add_high(&mut sums[1], x0, from_0);
        add_low(&mut sums[2], x0, from_2);
        add_high(&mut sums[3], x0, from_2);
        add_high(&mut sums[1], x1, below_0);
        add_low(&mut sums[2], x1, from_1);
        add_high(&mut sums[3], x1, from_1);
        add_low(&mut sums[2], x2, from_0);
        add_high(&mut sums[3], x2, from_0);
        add_high(&mut sums[3], x3, below_0);
    }

    #[inline(always)]
    pub(super) fn high_corner(sums: &mut Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        let [_, x1, x2, x3] = x;
        let (x1, x2, x3) = (load(x1), load(x2), load(x3));
        let [_, from_1 @ .., _, _, _, _, _] = y;
        let [_, _, from_2 @ .., _, _, _, _] = y;
        let [_, _, _, from_3 @ .., _, _, _] = y;
        let (from_1, from_2) = (load::<[Pair; 2]>(from_1), load::<[Pair; 2]>(from_2));
        let from_3 = load::<[Pair; 2]>(from_3);
        add_low(&mut sums[0], x1, from_3);
        add_low(&mut sums[0], x2, from_2);
        add_high(&mut sums[1], x2, from_2);
        add_low(&mut sums[0], x3, from_1);
        add_high(&mut sums[1], x3, from_1);
        add_low(&mut sums[2], x3, from_3);
    }

    #[inline(always)]
    pub(super) fn diagonal(sums: &mut Sums, twice: &[[Pair; 2]; 2], x: &[Pair; 4]) {
        let [d0, d1] = twice;
        let [from_0 @ .., _, _] = x;
        let [_, from_1 @ .., _] = x;
        let [_, _, from_2 @ ..] = x;
        let (d0, d1) = (load(d0), load(d1));
        let from_0 = load::<[Pair; 2]>(from_0);
        let (from_1, from_2) = (load::<[Pair; 2]>(from_1), load::<[Pair; 2]>(from_2));
        add_low(&mut sums[0], from_0, from_0);
        add_low(&mut sums[1], d0, from_1);
        add_high(&mut sums[2], d0, from_1);
        add_high(&mut sums[2], from_0, from_0);
        add_high(&mut sums[3], d0, from_2);
        add_high(&mut sums[3], d1, from_1);
    }

    #[inline(always)]
    pub(super) fn factors(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        let [lower @ .., _, _] = digits;
        let [_, _, upper @ ..] = digits;
        spread([load::<[Pair; 2]>(lower), load::<[Pair; 2]>(upper)])
    }

    #[inline(always)]
    pub(super) fn twice(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        let [lower @ .., _, _] = digits;
        let [_, _, upper @ ..] = digits;
        let (lower, upper) = (load::<[Pair; 2]>(lower), load::<[Pair; 2]>(upper));
        spread([i32x4_add(lower, lower), i32x4_add(upper, upper)])
    }

    #[inline(always)]
    fn spread([lower, upper]: [v128; 2]) -> [[Pair; 2]; 4] {
        let mut factors = [[Pair::default(); 2]; 4];
        let vectors = [
            i32x4_shuffle::<0, 1, 0, 1>(lower, lower),
            i32x4_shuffle::<2, 3, 2, 3>(lower, lower),
            i32x4_shuffle::<0, 1, 0, 1>(upper, upper),
            i32x4_shuffle::<2, 3, 2, 3>(upper, upper),
        ];
        store(&mut factors, vectors);
        factors
    }

    #[inline(always)]
    pub(super) fn add(sums: &mut Sums, digits: &[Pair; 4]) {
        row(sums, &[Pair([1; 2]); 2], digits);
    }

    #[inline(always)]
    pub(super) fn normalise(sums: Sums, carry: Carry) -> ([Pair; 4], Carry) {
        // x86-64 has no instruction for an arithmetic shift of 64-bit lanes. So the sum is made
        // positive, shifted as an unsigned number, and the carry is corrected.
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
        store(&mut digits, [lower, upper]);
        (digits, carry)
    }

    #[inline(always)]
    pub(super) fn join(a: Carry, b: Carry) -> Carry {
        i64x2_add(a, b)
    }

    pub(super) fn mask(wanted: [u32; 2], index: u32) -> Mask {
        let [p, q] = wanted;
        i32x4_eq(u32x4(p, q, p, q), u32x4_splat(index))
    }

    #[inline(always)]
    pub(super) fn pick(mut gathered: [Pair; 4], entry: &[Pair; 4], mask: Mask) -> [Pair; 4] {
        let [gathered_lower @ .., _, _] = &gathered;
        let [_, _, gathered_upper @ ..] = &gathered;
        let [lower @ .., _, _] = entry;
        let [_, _, upper @ ..] = entry;
        let pick = |gathered, entry| v128_or(plain(gathered), v128_and(plain(entry), mask));
        let (lower, upper) = (pick(gathered_lower, lower), pick(gathered_upper, upper));
        store(&mut gathered, [lower, upper]);
        gathered
    }
}

impl Arithmetic for Double {
    type Digit = Pair;
    type Factor = [Pair; 2];
    type Number = [Pair; 44];
    type Factors = [[Pair; 2]; 44];
    type Columns = lanes::Sums;
    type Carry = lanes::Carry;
    type Mask = lanes::Mask;

    const BITS: usize = BITS;
    const LANES: usize = 2;
    const PAD: usize = 0;
    const LENGTH: Option<usize> = Some(DIGITS);
    const ZERO: Pair = Pair([0; 2]);
    const NOTHING: [Pair; 44] = [Pair([0; 2]); 44];
    const NO_FACTORS: Self::Factors = [[Pair([0; 2]); 2]; 44];
    const NO_CARRY: lanes::Carry = lanes::NO_CARRY;

    fn digit(lanes: [i64; 2]) -> Pair {
        #[expect(clippy::cast_possible_truncation, reason = "digits have 29 bits")]
        Pair(lanes.map(|lane| lane as i32))
    }

    fn lanes(digit: Pair) -> [i64; 2] {
        digit.0.map(i64::from)
    }

    /// Each digit twice, which fills a vector.
    #[inline(always)]
    fn factors(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        lanes::factors(digits)
    }

    #[inline(always)]
    fn twice(digits: &[Pair; 4]) -> [[Pair; 2]; 4] {
        lanes::twice(digits)
    }

    #[inline(always)]
    fn columns() -> lanes::Sums {
        lanes::nothing()
    }

    #[inline(always)]
    fn row(sums: &mut lanes::Sums, x: &[Pair; 2], y: &[Pair; 4]) {
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
    fn pick(gathered: [Pair; 4], entry: &[Pair; 4], mask: lanes::Mask) -> [Pair; 4] {
        lanes::pick(gathered, entry, mask)
    }

    #[inline(always)]
    fn low_corner(sums: &mut lanes::Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        lanes::low_corner(sums, x, y);
    }

    #[inline(always)]
    fn high_corner(sums: &mut lanes::Sums, x: &[[Pair; 2]; 4], y: &[Pair; 8]) {
        lanes::high_corner(sums, x, y);
    }

    #[inline(always)]
    fn diagonal(sums: &mut lanes::Sums, twice: &[[Pair; 2]; 2], x: &[Pair; 4]) {
        lanes::diagonal(sums, twice, x);
    }

    /// Never called: 36 is a multiple of four.
    fn low_edge(_: &mut lanes::Sums, _: &[[Pair; 2]; 2], _: &[Pair; 2]) {}

    /// Never called.
    fn peak(_: &mut lanes::Sums, _: &[Pair; 2], _: &Pair) {}
}
