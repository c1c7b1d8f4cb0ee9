//! A sum of products by fused multiply-add, in the two parts that [`fused`](super::fused) describes.

use super::lanes::Floats;

/// 2^`exponent`, below 2^64.
pub(crate) const fn power_of_two(exponent: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it has one bit")]
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

/// To the next multiple of what the last place is worth from `base` on.
#[inline(always)]
pub(crate) fn rounded<F: Floats>(number: F, base: f64) -> F {
    number.plus(splat(base)).minus(splat(base))
}
