//! Time as the protocol writes it: the calendar for X.509 and HTTP dates, and the clock skew.
//!
//! Belongs here: code that converts a written time into seconds since 1970, or compares two times.
//! Nothing here reads a clock.
//! May import: nothing of this crate.

pub(crate) mod calendar;
pub(crate) mod clock_skew;
