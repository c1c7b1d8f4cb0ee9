//! Elapsed time, by the host's own clock. The client's option `clock` is not used here: it returns
//! the time of day, and may stand still in a test.

use js_sys::Date;

use super::foreign::{call, member};

/// Measures the time from its start on.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch {
    started: f64,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: now() }
    }

    /// Milliseconds since the start. In a Worker, only waiting counts.
    pub(crate) fn elapsed(&self) -> f64 {
        (now() - self.started).max(0.0)
    }

    /// The remaining part of so many milliseconds; 0 if they have passed.
    pub(crate) fn left_of(&self, milliseconds: u32) -> u32 {
        // Not negative, and a float's cast saturates.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let elapsed = self.elapsed() as u32;
        milliseconds.saturating_sub(elapsed)
    }
}

/// Milliseconds since an arbitrary moment. `performance.now` does not jump when the system clock is
/// set.
fn now() -> f64 {
    member(&js_sys::global(), "performance")
        .and_then(|performance| call(&performance, "now", &[]))
        .ok()
        .and_then(|now| now.as_f64())
        .unwrap_or_else(Date::now)
}
