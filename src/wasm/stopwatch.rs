//! Time that passes, by the host's own clock. Not by the `clock` that a client may be given: that one
//! tells the time of day, and a test may make it stand still.

use js_sys::Date;

use super::foreign::{call, member};

/// Runs from its start on.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch {
    started: f64,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: now() }
    }

    /// Milliseconds since the start. A Worker counts only what it waits for.
    pub(crate) fn elapsed(&self) -> f64 {
        (now() - self.started).max(0.0)
    }

    /// Milliseconds that are left of so many; 0 where they are over.
    pub(crate) fn left_of(&self, milliseconds: u32) -> u32 {
        // Not negative, and a float's cast saturates.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let elapsed = self.elapsed() as u32;
        milliseconds.saturating_sub(elapsed)
    }
}

/// Milliseconds since whenever; `performance.now` does not jump when somebody sets the clock.
fn now() -> f64 {
    member(&js_sys::global(), "performance")
        .and_then(|performance| call(&performance, "now", &[]))
        .ok()
        .and_then(|now| now.as_f64())
        .unwrap_or_else(Date::now)
}
