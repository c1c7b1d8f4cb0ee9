//! One number of 2048 bits in 46 digits of 46 bits, by fused multiply-add, with two neighbouring
//! columns in the lanes: for the public modulus. [`fused`](super::fused) explains the two parts of
//! a sum of products.
//!
//! # Why nothing is lost
//!
//! A modulus has twice as many digits as a prime, and a column has twice as many products. So a
//! digit is shorter by one bit: B = 2^46. [`BASE`] = 1.5·2^98; between 2^98 and 2^99, the last
//! place of a double is worth B. [`scan`](super::scan) shows that a column has n ≤ 2·46 = 92
//! products. Let D ≤ 2^45 + 2^7 be the largest absolute value of a digit, so that D² < 2^90 + 2^54.
//! The items have the order of those in [`fused`](super::fused):
//!
//! 1. |high − BASE| ≤ 92·(D² + 2^45) < 2^96.6 < 2^97, the distance from BASE to 2^98 and to 2^99.
//! 2. `high − high'` is a multiple of 2^46 of at most 2·D² + 2^45 < 2^92: 46 bits.
//! 3. The low part of a product is an integer of at most 2^45.
//! 4. `low` is an integer of at most 92·2^45 < 2^51.6. The four digits that
//!    [`add`](Arithmetic::add) puts there are below 2^46 each.
//! 5. |y| < 2^51.6 + 2^46 + 2^50.6, the last from the column before, or from two carries of item 7
//!    instead. It is below 2^52.8, an integer that a double represents exactly.
//! 6. |BASE + y| lies within [2^98, 2^99), so r is y rounded to a multiple of B, and |y − r| ≤
//!    2^45. |r/B| < 2^52.8/2^46 + 1 < 2^7. The absolute value of a digit is at most 2^45 + 2^7,
//!    which is D.
//! 7. The carry is at most 2^7 + 2^50.6 < 2^50.7.
//! 8. D is below 0.51·B, so digits that cancel are zero.

use core::marker::PhantomData;

use super::arithmetic::Arithmetic;
use super::fused_sum::{add_product, power_of_two, rounded, splat};
use super::lanes::Floats;
use super::public_power::{COLUMNS_BITS, COLUMNS_DIGITS};

/// One number in 46 digits of 46 bits.
#[derive(Clone, Copy)]
pub(crate) struct FusedColumns<F>(PhantomData<F>);

/// B
const RADIX: f64 = power_of_two(COLUMNS_BITS);
/// 1.5·2^98
const BASE: f64 = 1.5 * RADIX * power_of_two(52);

/// Four columns, two in each pair of lanes, each in two parts.
#[derive(Clone, Copy)]
pub(crate) struct Sums<F> {
    high: [F; 2],
    low: [F; 2],
}

#[inline(always)]
fn pairs<F: Floats>([d0, d1, d2, d3]: &[f64; 4]) -> [F; 2] {
    [F::new([*d0, *d1]), F::new([*d2, *d3])]
}

impl<F: Floats + 'static> Arithmetic for FusedColumns<F> {
    type Digit = f64;
    /// The digit in both lanes.
    type Factor = F;
    type Number = [f64; 64];
    type Factors = [F; 64];
    type Columns = Sums<F>;
    /// In the second lane.
    type Carry = F;
    type Mask = u64;

    const BITS: usize = COLUMNS_BITS;
    const LANES: usize = 1;
    const PAD: usize = 2;
    const LENGTH: Option<usize> = Some(COLUMNS_DIGITS + Self::PAD);
    const ZERO: f64 = 0.0;
    const NOTHING: [f64; 64] = [0.0; 64];
    const NO_FACTORS: [F; 64] = [F::ZERO; 64];
    const NO_CARRY: F = F::ZERO;

    fn digit(lanes: [i64; 2]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "digits are below 2^46")]
        let digit = lanes[0] as f64;
        digit
    }

    fn lanes(digit: f64) -> [i64; 2] {
        #[expect(clippy::cast_possible_truncation, reason = "digits are integers")]
        let digit = digit as i64;
        [digit, 0]
    }

    #[inline(always)]
    fn factors(digits: &[f64; 4]) -> [F; 4] {
        digits.map(splat)
    }

    #[inline(always)]
    fn twice(digits: &[f64; 4]) -> [F; 4] {
        digits.map(|digit| splat(digit + digit))
    }

    #[inline(always)]
    fn columns() -> Sums<F> {
        let (base, zero) = (splat(BASE), F::ZERO);
        Sums {
            high: [base, base],
            low: [zero, zero],
        }
    }

    #[inline(always)]
    fn row(sums: &mut Sums<F>, x: &F, y: &[f64; 4]) {
        let [y01, y23] = pairs(y);
        add_product(&mut sums.high[0], &mut sums.low[0], *x, y01);
        add_product(&mut sums.high[1], &mut sums.low[1], *x, y23);
    }

    #[inline(always)]
    fn add(sums: &mut Sums<F>, digits: &[f64; 4]) {
        let ([l01, l23], [d01, d23]) = (sums.low, pairs(digits));
        sums.low = [l01.plus(d01), l23.plus(d23)];
    }

    #[inline(always)]
    fn normalise(sums: Sums<F>, carry: F) -> ([f64; 4], F) {
        let ([h01, h23], [l01, l23]) = (sums.high, sums.low);
        let down = splat(1.0 / RADIX);
        // The values of the rounded parts in the next columns.
        let n01 = h01.minus(splat(BASE)).times(down);
        let n23 = h23.minus(splat(BASE)).times(down);
        let y01 = l01.plus(carry.across(n01));
        let y23 = l23.plus(n01.across(n23));
        let (r01, r23) = (rounded(y01, BASE), rounded(y23, BASE));
        // The carries of the digits.
        let (c01, c23) = (r01.times(down), r23.times(down));
        let d01 = y01.minus(r01).plus(F::ZERO.across(c01));
        let d23 = y23.minus(r23).plus(c01.across(c23));
        let ([d0, d1], [d2, d3]) = (d01.lanes(), d23.lanes());
        ([d0, d1, d2, d3], n23.plus(c23))
    }

    #[inline(always)]
    fn join(a: F, b: F) -> F {
        a.plus(b)
    }

    /// Never called: a public power uses no table.
    fn mask(_: [u32; 2], _: u32) -> u64 {
        0
    }

    /// Never called.
    fn pick(gathered: [f64; 4], _: &[f64; 4], _: u64) -> [f64; 4] {
        gathered
    }

    /// With products by zero: to leave them out of the vectors would cost more.
    #[inline(always)]
    fn low_corner(sums: &mut Sums<F>, x: &[F; 4], y: &[f64; 8]) {
        Self::tile(sums, x, y);
    }

    #[inline(always)]
    fn high_corner(sums: &mut Sums<F>, x: &[F; 4], y: &[f64; 8]) {
        Self::tile(sums, x, y);
    }

    #[inline(always)]
    fn diagonal(sums: &mut Sums<F>, twice: &[F; 2], x: &[f64; 4]) {
        let ([d0, _], [x0, x1, x2, x3]) = (twice, x);
        let with_own = |own: f64| F::new([own, own + own]);
        let ([h01, h23], [l01, l23]) = (&mut sums.high, &mut sums.low);
        // x₀·x₀ and 2x₀·x₁; 2x₀·x₂ and 2x₀·x₃; x₁·x₁ and 2x₁·x₂.
        add_product(h01, l01, with_own(*x0), F::new([*x0, *x1]));
        add_product(h23, l23, *d0, F::new([*x2, *x3]));
        add_product(h23, l23, with_own(*x1), F::new([*x1, *x2]));
    }

    #[inline(always)]
    fn low_edge(sums: &mut Sums<F>, x: &[F; 2], y: &[f64; 2]) {
        let ([x0, x1], [y0, y1]) = (x, y);
        let ([_, h23], [_, l23]) = (&mut sums.high, &mut sums.low);
        add_product(h23, l23, *x0, F::new([*y0, *y1]));
        add_product(h23, l23, *x1, F::new([0.0, *y0]));
    }

    #[inline(always)]
    fn peak(sums: &mut Sums<F>, x: &F, y: &f64) {
        let ([h01, _], [l01, _]) = (&mut sums.high, &mut sums.low);
        add_product(h01, l01, *x, F::new([*y, 0.0]));
    }
}
