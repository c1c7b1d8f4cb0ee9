//! A sum of products by fused multiply-add, in the two parts that [`fused`](super::fused) explains.

use super::lanes::Floats;

/// 2^`exponent`, below 2^64.
pub(crate) const fn power_of_two(exponent: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a power of two has one significant bit"
    )]
    let power = (1_u64 << exponent) as f64;
    power
}

/// The same number in both lanes.
#[inline(always)]
pub(crate) fn splat<F: Floats>(number: f64) -> F {
    F::new([number; 2])
}

/// Adds x·y to the two parts of a sum.
#[inline(always)]
pub(crate) fn add_product<F: Floats>(high: &mut F, low: &mut F, x: F, y: F) {
    let rounded = x.times_plus(y, *high);
    let left_out = x.times_plus(y, high.minus(rounded));
    *low = low.plus(left_out);
    *high = rounded;
}

/// Rounds to a multiple of the value that the last place of a double has at `base`.
#[inline(always)]
pub(crate) fn rounded<F: Floats>(number: F, base: f64) -> F {
    number.plus(splat(base)).minus(splat(base))
}
