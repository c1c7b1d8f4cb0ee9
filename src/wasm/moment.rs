//! The moment of an event, as JavaScript gives it: two 64-bit floats, little-endian, and random bytes.

use crate::exchange::moment::{Clock, Moment, Random};

/// The last time that a JavaScript Date can hold, in milliseconds since 1970.
const MAX_DATE: f64 = 8.64e15;

/// What the clock is if the caller's own clock threw: no time is negative.
const THREW: f64 = -1.0;

/// Reads `clock` (milliseconds since 1970, −1 if it threw, anything else if it gave no time), `elapsed` and
/// random bytes. `cause` is the number of what the clock threw.
pub(super) fn read(mut bytes: Vec<u8>, cause: Option<u32>) -> Moment {
    let random = bytes.split_off(bytes.len().min(16));
    let float = |from: usize| -> f64 {
        let float = bytes.get(from..from + 8).map(TryInto::try_into);
        float.map_or(f64::NAN, |float| float.map_or(f64::NAN, f64::from_le_bytes))
    };
    let clock = float(0);
    // Within the bounds; a cast of a float saturates in any case.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Moment {
        clock: if (0.0..=MAX_DATE).contains(&clock) {
            Clock::Time((clock / 1000.0) as u64)
        } else if clock == THREW {
            Clock::Threw { cause }
        } else {
            Clock::Invalid
        },
        elapsed: float(8) as u64,
        random: Random::new(random),
    }
}
