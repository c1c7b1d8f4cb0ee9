//! The clock, random bytes, `fetch` and timers of the JavaScript host. Each is looked up when it is
//! used, and not when the client is made: a Worker has none of them at module scope.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use zeroize::Zeroizing;

use super::errors::Failure;
use super::foreign::{member, promise_of};
use crate::{Attempt, Error};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The host's functions, or those of the client's options.
#[derive(Default)]
pub(crate) struct Host {
    pub(crate) fetch: Option<Function>,
    /// Returns milliseconds since 1970, like `Date.now`.
    pub(crate) clock: Option<Function>,
}

impl Host {
    /// Seconds since 1970.
    pub(crate) fn now(&self) -> Result<u64, Failure> {
        let milliseconds = match &self.clock {
            None => js_sys::Date::now(),
            Some(clock) => clock
                .call0(&JsValue::UNDEFINED)
                .map_err(|thrown| Failure::Caused(Error::config("clock", "threw"), thrown))?
                .as_f64()
                .filter(|milliseconds| (0.0..=MAX_DATE).contains(milliseconds))
                .ok_or_else(|| {
                    Error::config(
                        "clock",
                        "must return milliseconds since 1970, as Date.now does",
                    )
                })?,
        };
        // At most MAX_DATE, and not negative.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok((milliseconds / 1000.0) as u64)
    }

    /// The time and fresh random bytes for one attempt.
    pub(crate) fn attempt(&self) -> Result<Attempt, Failure> {
        let mut attempt = Attempt {
            timestamp: self.now()?,
            random: [0; Attempt::RANDOM_BYTES],
        };
        fill(&mut attempt.random)?;
        Ok(attempt)
    }

    /// Fresh random bytes from a cryptographic source.
    pub(crate) fn random<const BYTES: usize>() -> Result<Zeroizing<[u8; BYTES]>, Error> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        fill(bytes.as_mut_slice())?;
        Ok(bytes)
    }

    /// Calls `fetch`. A `fetch` that throws instead of rejecting is a failed connection, too.
    pub(crate) fn fetch(
        &self,
        url: &str,
        init: &Object,
    ) -> Result<Result<Promise, JsValue>, Failure> {
        let fetch = match &self.fetch {
            Some(fetch) => fetch.clone(),
            None => member(&js_sys::global(), "fetch")
                .ok()
                .and_then(|fetch| fetch.dyn_into().ok())
                .ok_or_else(|| {
                    Error::config("fetch", "this runtime has no global fetch; give one")
                })?,
        };
        let response = fetch.call2(&JsValue::UNDEFINED, &url.into(), init);
        // A plain value resolves, as with `await`.
        Ok(response.map(|response| promise_of(&response)))
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| {
        Error::config(
            "crypto",
            "this runtime has no working crypto.getRandomValues",
        )
    })
}

/// The last moment that a JavaScript Date can represent, in milliseconds since 1970.
const MAX_DATE: f64 = 8.64e15;

/// A timer that is cleared when it is dropped.
pub(crate) struct Timer {
    id: JsValue,
}

impl Timer {
    pub(crate) fn start(callback: &Function, milliseconds: u32) -> Self {
        Self {
            id: set_timeout(callback, f64::from(milliseconds)),
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
