//! Two floating-point numbers that are computed side by side: in portable code, and as the vectors of
//! WebAssembly.

/// Two double-precision numbers.
pub(crate) trait Floats: Copy {
    const ZERO: Self;
    fn new(lanes: [f64; 2]) -> Self;
    fn lanes(self) -> [f64; 2];
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, factor: Self) -> Self;
    /// The second lane of `self`, and the first lane of `other`.
    fn across(self, other: Self) -> Self;
    /// `self·factor + addend`, rounded once.
    fn times_plus(self, factor: Self, addend: Self) -> Self;
    /// `gathered | (self & mask)`, bit by bit; a mask's lane is all ones or all zeros.
    fn pick(self, gathered: Self, mask: Self) -> Self;
    /// A mask of the lanes in which `wanted` equals `index`.
    fn mask(wanted: [u32; 2], index: u32) -> Self;
}

/// Portable lanes. On machines without the instruction, a fused multiply-add is a function of the C
/// library.
#[derive(Clone, Copy)]
pub(crate) struct PortableFloats([f64; 2]);

impl Floats for PortableFloats {
    const ZERO: Self = Self([0.0; 2]);

    fn new(lanes: [f64; 2]) -> Self {
        Self(lanes)
    }
    fn lanes(self) -> [f64; 2] {
        self.0
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self([self.0[0] + other.0[0], self.0[1] + other.0[1]])
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self([self.0[0] - other.0[0], self.0[1] - other.0[1]])
    }
    #[inline(always)]
    fn times(self, factor: Self) -> Self {
        Self([self.0[0] * factor.0[0], self.0[1] * factor.0[1]])
    }
    #[inline(always)]
    fn across(self, other: Self) -> Self {
        Self([self.0[1], other.0[0]])
    }
    #[inline(always)]
    fn times_plus(self, factor: Self, addend: Self) -> Self {
        Self([
            self.0[0].mul_add(factor.0[0], addend.0[0]),
            self.0[1].mul_add(factor.0[1], addend.0[1]),
        ])
    }
    #[inline(always)]
    fn pick(self, gathered: Self, mask: Self) -> Self {
        let pick = |lane: f64, gathered: f64, mask: f64| {
            f64::from_bits(gathered.to_bits() | (lane.to_bits() & mask.to_bits()))
        };
        Self([
            pick(self.0[0], gathered.0[0], mask.0[0]),
            pick(self.0[1], gathered.0[1], mask.0[1]),
        ])
    }
    fn mask(wanted: [u32; 2], index: u32) -> Self {
        Self(wanted.map(|wanted| f64::from_bits(u64::from(wanted == index).wrapping_neg())))
    }
}

/// The vectors of relaxed SIMD. The engine and the processor decide whether the multiply-add is fused;
/// `fused_module.rs` tests it.
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
pub(crate) mod vector {
    use core::arch::wasm32::{
        f64x2, f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_relaxed_madd, f64x2_sub,
        i64x2_shuffle, u64x2, u64x2_eq, u64x2_splat, v128, v128_and, v128_or,
    };

    #[derive(Clone, Copy)]
    #[repr(transparent)]
    pub(crate) struct VectorFloats(v128);

    impl super::Floats for VectorFloats {
        const ZERO: Self = Self(f64x2(0.0, 0.0));

        #[inline(always)]
        fn new(lanes: [f64; 2]) -> Self {
            Self(f64x2(lanes[0], lanes[1]))
        }
        #[inline(always)]
        fn lanes(self) -> [f64; 2] {
            [
                f64x2_extract_lane::<0>(self.0),
                f64x2_extract_lane::<1>(self.0),
            ]
        }
        #[inline(always)]
        fn plus(self, other: Self) -> Self {
            Self(f64x2_add(self.0, other.0))
        }
        #[inline(always)]
        fn minus(self, other: Self) -> Self {
            Self(f64x2_sub(self.0, other.0))
        }
        #[inline(always)]
        fn times(self, factor: Self) -> Self {
            Self(f64x2_mul(self.0, factor.0))
        }
        #[inline(always)]
        fn across(self, other: Self) -> Self {
            Self(i64x2_shuffle::<1, 2>(self.0, other.0))
        }
        #[inline(always)]
        fn times_plus(self, factor: Self, addend: Self) -> Self {
            Self(f64x2_relaxed_madd(self.0, factor.0, addend.0))
        }
        #[inline(always)]
        fn pick(self, gathered: Self, mask: Self) -> Self {
            Self(v128_or(gathered.0, v128_and(self.0, mask.0)))
        }
        #[inline(always)]
        fn mask(wanted: [u32; 2], index: u32) -> Self {
            let wanted = u64x2(wanted[0].into(), wanted[1].into());
            Self(u64x2_eq(wanted, u64x2_splat(index.into())))
        }
    }
}
