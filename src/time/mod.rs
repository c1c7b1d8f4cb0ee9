//! Time as the protocol writes it: the calendar that X.509 and HTTP dates need, and a wrong clock.
//!
//! Belongs here: what turns a written time into seconds since 1970, or compares two of them. Nothing
//! here reads a clock.
//! May import: nothing of this crate.

pub(crate) mod calendar;
pub(crate) mod clock_skew;
