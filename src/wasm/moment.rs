//! The moment of an event, as JavaScript gives it.

use crate::exchange::moment::{Clock, Moment, Random};

/// The last time that a JavaScript Date can hold, in milliseconds since 1970.
const MAX_DATE: f64 = 8.64e15;

/// What the clock is if the caller's own clock threw: no time is negative.
const THREW: f64 = -1.0;

/// Reads `clock` (milliseconds since 1970, −1 if it threw, anything else if it gave no time), `elapsed`
/// (milliseconds since any moment) and random bytes. `cause` is the number of what the clock threw.
// Within the bounds; a cast of a float saturates in any case.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn read(clock: f64, elapsed: f64, random: Vec<u8>, cause: Option<u32>) -> Moment {
    Moment {
        clock: if (0.0..=MAX_DATE).contains(&clock) {
            Clock::Time((clock / 1000.0) as u64)
        } else if clock == THREW {
            Clock::Threw { cause }
        } else {
            Clock::Invalid
        },
        elapsed: elapsed as u64,
        random: Random::new(random),
    }
}
