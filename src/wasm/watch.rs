//! Watches over one attempt: its time, and the caller's signal. Whichever comes first stops the
//! host's `fetch`, and is what the caller hears of.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::errors::Failure;
use super::host::Timer;
use crate::{Error, TransportError, TransportFault};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Timeout,
    Aborted,
}

/// Dropped before [`Watch::finish`], it aborts what it watches over: nothing is read in vain.
pub(crate) struct Watch {
    milliseconds: u32,
    controller: AbortController,
    stop: Rc<Cell<Option<Stop>>>,
    /// Resolves when the watch stops the attempt, so that a `fetch` that heeds no signal is left.
    stopped: Promise,
    _timer: Timer,
    _on_timeout: Closure<dyn FnMut()>,
    signal: Option<(AbortSignal, Closure<dyn FnMut()>)>,
    finished: bool,
}

impl Watch {
    /// Starts the time. Fails at once where the signal is aborted already.
    pub(crate) fn start(milliseconds: u32, signal: Option<&AbortSignal>) -> Result<Self, Failure> {
        if let Some(signal) = signal.filter(|signal| signal.aborted()) {
            return Err(Failure::Theirs(signal.reason()));
        }
        let controller = AbortController::new().map_err(|thrown| {
            Failure::Caused(
                Error::config("signal", "this runtime has no AbortController"),
                thrown,
            )
        })?;
        let stop = Rc::new(Cell::new(None));
        let mut resolve_stopped = None;
        let stopped = Promise::new(&mut |resolve, _| resolve_stopped = Some(resolve));

        let on = |why: Stop| -> Closure<dyn FnMut()> {
            let (stop, controller) = (Rc::clone(&stop), controller.clone());
            let resolve: Option<Function> = resolve_stopped.clone();
            Closure::new(move || {
                if stop.get().is_none() {
                    stop.set(Some(why));
                    controller.abort();
                    if let Some(resolve) = &resolve {
                        // A promise's own resolve function does not throw.
                        let _ = resolve.call0(&JsValue::UNDEFINED);
                    }
                }
            })
        };
        let on_timeout = on(Stop::Timeout);
        let timer = Timer::start(on_timeout.as_ref().unchecked_ref(), milliseconds);
        let signal = match signal {
            None => None,
            Some(signal) => {
                let on_abort = on(Stop::Aborted);
                signal
                    .add_event_listener_with_callback("abort", on_abort.as_ref().unchecked_ref())
                    .map_err(Failure::Theirs)?;
                Some((signal.clone(), on_abort))
            }
        };
        Ok(Self {
            milliseconds,
            controller,
            stop,
            stopped,
            _timer: timer,
            _on_timeout: on_timeout,
            signal,
            finished: false,
        })
    }

    /// The signal that `fetch` is given.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Waits for `work`, or for the end of the watch. A rejection is a broken connection.
    pub(crate) async fn over(&self, work: &Promise) -> Result<JsValue, Failure> {
        let first = Promise::race(&Array::of2(work, &self.stopped));
        let outcome = JsFuture::from(first).await;
        match (self.stop.get(), outcome) {
            (Some(Stop::Timeout), _) => {
                Err(transport(TransportFault::Timeout(self.milliseconds)).into())
            }
            (Some(Stop::Aborted), _) => {
                let reason = self.signal.as_ref().map(|(signal, _)| signal.reason());
                Err(Failure::Theirs(reason.unwrap_or_default()))
            }
            (None, Ok(value)) => Ok(value),
            (None, Err(thrown)) => Err(Failure::Caused(transport(TransportFault::Network), thrown)),
        }
    }

    /// The attempt is over, and there is nothing left to abort.
    pub(crate) fn finish(mut self) {
        self.finished = true;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some((signal, on_abort)) = &self.signal {
            // Removing a listener that was added does not throw.
            let _ = signal
                .remove_event_listener_with_callback("abort", on_abort.as_ref().unchecked_ref());
        }
        if !self.finished {
            self.controller.abort();
        }
    }
}

pub(crate) fn transport(fault: TransportFault) -> Error {
    Error::Transport(TransportError { fault, attempts: 1 })
}
