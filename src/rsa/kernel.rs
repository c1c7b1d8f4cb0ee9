//! A kernel outside of this module: what computes with fused multiply-add, where there is such a thing.
//!
//! It may leave undone what it is asked for, or do it wrong; whoever asks sees to it that nothing comes of
//! that. Of a signature, it is asked for the powers, which are checked, and then for the check; of a
//! verification, whether the signature holds, and what it refuses is looked at again here.

use super::public_power::PublicOperands;
use super::two_powers::Operands;

/// Computes what [`two_powers`](super::two_powers::two_powers) does, with digits of [`fused`](super::fused).
pub(crate) type TwoPowers = fn(&mut Operands);

/// Computes what [`public_power`](super::public_power::public_power) does, with digits of
/// [`fused_columns`](super::fused_columns).
pub(crate) type PublicPower = fn(&mut PublicOperands);

/// Both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kernel {
    pub two_powers: TwoPowers,
    pub public_power: PublicPower,
}
