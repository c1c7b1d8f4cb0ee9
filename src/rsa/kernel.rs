//! A kernel outside of this module, which computes with fused multiply-add on the runtimes that
//! have it.
//!
//! A kernel may do nothing, or return a wrong result, so its caller checks every result. For a
//! signature, the kernel computes the powers, which are checked against the public key, and then
//! the public power for that check. For a verification, it computes the public power. If that does
//! not match, the power is computed again without the kernel.

use super::public_power::PublicOperands;
use super::two_powers::Operands;

/// Computes what [`two_powers`](super::two_powers::two_powers) does, with digits of
/// [`fused`](super::fused).
pub(crate) type TwoPowers = fn(&mut Operands);

/// Computes what [`public_power`](super::public_power::public_power) does, with digits of
/// [`fused_columns`](super::fused_columns).
pub(crate) type PublicPower = fn(&mut PublicOperands);

/// Both functions of a kernel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kernel {
    pub two_powers: TwoPowers,
    pub public_power: PublicPower,
}
