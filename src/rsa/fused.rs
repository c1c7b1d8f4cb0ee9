//! Two numbers of 1024 bits in 22 digits of 47 bits, in the lanes of double-precision vectors, by fused
//! multiply-add (Emmart, Zheng, Weems, "Faster modular exponentiation using double precision floating
//! point arithmetic on the GPU", 2018).
//!
//! A fused multiply-add computes x·y + z and rounds once. A sum of products starts at [`BASE`] =
//! 1.5·2^99. It stays between 2^99 and 2^100, where the last place of a double is worth 2^47 = B.
//! So
//!
//! > high' = fused(x, y, high)
//!
//! adds x·y, rounded to a multiple of B, and
//!
//! > low' = low + fused(x, y, high − high')
//!
//! adds exactly what the rounding left out. Together, `high` and `low` are the exact sum of the
//! products. The two parts belong to neighbouring columns: `low` to this one, (`high` − BASE)/B to
//! the next.
//!
//! # Why nothing is lost
//!
//! Let n be the number of products in a column, and D the largest absolute value of a digit.
//! [`scan`](super::scan) shows that n ≤ 2·22 = 44. Item 6 shows that D ≤ 2^46 + 2^7.
//!
//! 1. **`high` stays in its range.** The rounding of a product changes it by at most 2^46, so
//!    |high − BASE| ≤ n·(D² + 2^46). D² < 2^92 + 2^55, so this is below 44·(2^92 + 2^56) < 2^97.5 <
//!    2^98. The distance from BASE to 2^99 and to 2^100 is 2^98. In that range, every `high` is a
//!    multiple of 2^47, and representable. (A square has products of 2·D·D, each of which counts as
//!    two; the sum is the same.)
//! 2. **`high − high'` is exact.** It is a multiple of 2^47 of at most 2·D² + 2^46 < 2^94 (2·D² is
//!    for a square), so it has 47 bits.
//! 3. **The low part of a product is exact.** x·y − (its rounding) is an integer of at most 2^46.
//! 4. **`low` is exact.** It is an integer of at most 44·2^46 < 2^51.5. The four digits that
//!    [`add`](Arithmetic::add) puts there are below 2^47 each.
//! 5. **A column with its carry is exact.** y = low + (high₋₁ − BASE)/B. The second part is at most
//!    2^97.5/2^47 = 2^50.5; in the first of four columns it is the carry, at most 2^50.6 by item 7.
//!    So |y| < 2^51.5 + 2^50.6 + 2^47 < 2^52.2, an integer that a double represents exactly.
//! 6. **The digit is at most D.** r = (y + BASE) − BASE is exactly y rounded to a multiple of B,
//!    since BASE + y lies within [2^99, 2^100). |y − r| ≤ 2^46. r/B is added to the next digit, and
//!    |r/B| ≤ 2^52.2/2^47 + 1 < 2^5.3. So the absolute value of a digit is at most 2^46 + 2^6,
//!    which is at most D. Where Montgomery's step meets the last low group, two carries are added.
//!    Then |carry| ≤ 2·2^50.6 in item 5, |y| < 2^52.6, r/B < 2^5.6 + 1 < 2^6, and the bound D is
//!    still valid. (The step's own carry comes from four products a column, and is far smaller.)
//! 7. **The carry** out of four columns is r₃/B + (high₃ − BASE)/B, at most 2^5.5 + 2^50.5 < 2^50.6.
//! 8. **Digits that cancel are zero.** After Montgomery's step, Σ dᵢ·Bⁱ over four digits is
//!    divisible by B⁴. |dᵢ| ≤ 2^46 + 2^6 is below 0.51·B, so the absolute value of the sum is below
//!    B⁴: the sum is zero. d₀ is divisible by B and below B, so it is zero; then d₁ is zero, and so
//!    on. Dropping them loses nothing.
//! 9. **The sum of two results** ([`two_powers`](super::two_powers)) becomes digits by two calls of
//!    [`add`](Arithmetic::add). Items 4 and 5 allow that: |low| ≤ 2·D.
//!
//! Rounding is to nearest, the only mode of WebAssembly. No operand is subnormal, infinite or not a
//! number: all are integers below 2^101, or quotients by B that are integers, too.

use core::marker::PhantomData;

use super::arithmetic::Arithmetic;
use super::fused_sum::{add_product, power_of_two, rounded, splat};
use super::lanes::Floats;
use super::two_powers::{FUSED_BITS, FUSED_DIGITS};

/// Two numbers in 22 digits of 47 bits.
#[derive(Clone, Copy)]
pub(crate) struct Fused<F>(PhantomData<F>);

/// B
const RADIX: f64 = power_of_two(FUSED_BITS);
/// 1.5·2^99
const BASE: f64 = 1.5 * RADIX * power_of_two(52);

/// Four columns, each in two parts.
#[derive(Clone, Copy)]
pub(crate) struct Sums<F> {
    high: [F; 4],
    low: [F; 4],
}

/// Adds products to columns, one after the other.
macro_rules! products {
    ($sums:ident: $($column:literal += $x:ident * $y:ident),+) => {
        $(add_product(&mut $sums.high[$column], &mut $sums.low[$column], *$x, *$y);)+
    };
}

impl<F: Floats + 'static> Arithmetic for Fused<F> {
    type Digit = F;
    type Factor = F;
    type Number = [F; 32];
    type Factors = [F; 32];
    type Columns = Sums<F>;
    type Carry = F;
    type Mask = F;

    const BITS: usize = FUSED_BITS;
    const LANES: usize = 2;
    const PAD: usize = 2;
    const LENGTH: Option<usize> = Some(FUSED_DIGITS + Self::PAD);
    const ZERO: F = F::ZERO;
    const NOTHING: [F; 32] = [F::ZERO; 32];
    const NO_FACTORS: [F; 32] = [F::ZERO; 32];
    const NO_CARRY: F = F::ZERO;

    fn digit(lanes: [i64; 2]) -> F {
        #[expect(clippy::cast_precision_loss, reason = "digits are below 2^47")]
        F::new(lanes.map(|lane| lane as f64))
    }

    fn lanes(digit: F) -> [i64; 2] {
        #[expect(clippy::cast_possible_truncation, reason = "digits are integers")]
        digit.lanes().map(|lane| lane as i64)
    }

    #[inline(always)]
    fn factors(digits: &[F; 4]) -> [F; 4] {
        *digits
    }

    #[inline(always)]
    fn twice([a, b, c, d]: &[F; 4]) -> [F; 4] {
        [a.plus(*a), b.plus(*b), c.plus(*c), d.plus(*d)]
    }

    #[inline(always)]
    fn columns() -> Sums<F> {
        // Listed one by one: an array expression with a repeat count would be written to memory in
        // a loop.
        let (base, zero) = (splat(BASE), F::ZERO);
        Sums {
            high: [base, base, base, base],
            low: [zero, zero, zero, zero],
        }
    }

    #[inline(always)]
    fn row(sums: &mut Sums<F>, x: &F, y: &[F; 4]) {
        let [y0, y1, y2, y3] = y;
        products!(sums: 0 += x * y0, 1 += x * y1, 2 += x * y2, 3 += x * y3);
    }

    #[inline(always)]
    fn add(sums: &mut Sums<F>, digits: &[F; 4]) {
        let [l0, l1, l2, l3] = sums.low;
        let [d0, d1, d2, d3] = digits;
        sums.low = [l0.plus(*d0), l1.plus(*d1), l2.plus(*d2), l3.plus(*d3)];
    }

    #[inline(always)]
    fn normalise(sums: Sums<F>, carry: F) -> ([F; 4], F) {
        let Sums { high, low } = sums;
        let down = splat(1.0 / RADIX);
        // The value of a column's rounded part in the next column.
        let to_next = |high: F, low: F| high.minus(splat(BASE)).times_plus(down, low);
        let y0 = low[0].plus(carry);
        let y1 = to_next(high[0], low[1]);
        let y2 = to_next(high[1], low[2]);
        let y3 = to_next(high[2], low[3]);
        let (r0, r1, r2, r3) = (
            rounded(y0, BASE),
            rounded(y1, BASE),
            rounded(y2, BASE),
            rounded(y3, BASE),
        );
        let digits = [
            y0.minus(r0),
            r0.times_plus(down, y1.minus(r1)),
            r1.times_plus(down, y2.minus(r2)),
            r2.times_plus(down, y3.minus(r3)),
        ];
        let carry = r3.times_plus(down, to_next(high[3], F::ZERO));
        (digits, carry)
    }

    #[inline(always)]
    fn join(a: F, b: F) -> F {
        a.plus(b)
    }

    #[inline(always)]
    fn mask(wanted: [u32; 2], index: u32) -> F {
        F::mask(wanted, index)
    }

    #[inline(always)]
    fn pick(gathered: [F; 4], entry: &[F; 4], mask: F) -> [F; 4] {
        let ([s0, s1, s2, s3], [e0, e1, e2, e3]) = (gathered, entry);
        let pick = |gathered, entry: &F| entry.pick(gathered, mask);
        [pick(s0, e0), pick(s1, e1), pick(s2, e2), pick(s3, e3)]
    }

    #[inline(always)]
    fn low_corner(sums: &mut Sums<F>, x: &[F; 4], y: &[F; 8]) {
        let ([x0, x1, x2, x3], [_, _, _, _, y0, y1, y2, y3]) = (x, y);
        products!(sums: 0 += x0 * y0, 1 += x0 * y1, 2 += x0 * y2, 3 += x0 * y3);
        products!(sums: 1 += x1 * y0, 2 += x1 * y1, 3 += x1 * y2);
        products!(sums: 2 += x2 * y0, 3 += x2 * y1, 3 += x3 * y0);
    }

    #[inline(always)]
    fn high_corner(sums: &mut Sums<F>, x: &[F; 4], y: &[F; 8]) {
        let ([_, x1, x2, x3], [_, y1, y2, y3, ..]) = (x, y);
        products!(sums: 0 += x1 * y3, 0 += x2 * y2, 1 += x2 * y3);
        products!(sums: 0 += x3 * y1, 1 += x3 * y2, 2 += x3 * y3);
    }

    #[inline(always)]
    fn low_edge(sums: &mut Sums<F>, x: &[F; 2], y: &[F; 2]) {
        let ([x0, x1], [y0, y1]) = (x, y);
        products!(sums: 2 += x0 * y0, 3 += x0 * y1, 3 += x1 * y0);
    }

    #[inline(always)]
    fn peak(sums: &mut Sums<F>, x: &F, y: &F) {
        products!(sums: 0 += x * y);
    }

    #[inline(always)]
    fn diagonal(sums: &mut Sums<F>, twice: &[F; 2], x: &[F; 4]) {
        let ([d0, d1], [x0, x1, x2, x3]) = (twice, x);
        products!(sums: 0 += x0 * x0, 1 += d0 * x1, 2 += d0 * x2, 3 += d0 * x3);
        products!(sums: 2 += x1 * x1, 3 += d1 * x2);
    }
}
