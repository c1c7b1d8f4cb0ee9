//! The timeout and the caller's signal for one attempt or for a pause. Whichever occurs first
//! aborts the host's `fetch`, and decides the caller's error.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::errors::Failure;
use super::foreign::{call, member};
use super::host::Timer;
use crate::{Error, TransportFault};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Timeout,
    Aborted,
}

type Callback = Closure<dyn FnMut()>;

/// The number of slices of the time. Each slice starts when the timer of the one before it fires.
/// So if the event loop is blocked, an attempt loses at most one slice, and a response that arrived
/// meanwhile is read before the time ends.
const SLICES: u32 = 8;

/// If it is dropped before [`Timeout::finish`], it aborts the attempt.
pub(crate) struct Timeout {
    milliseconds: u32,
    controller: AbortController,
    stop: Rc<Cell<Option<Stop>>>,
    /// Resolves when the attempt is stopped, so that a `fetch` that ignores its signal does not block.
    stopped: Promise,
    timer: Rc<RefCell<Option<Timer>>>,
    on_slice: Rc<RefCell<Option<Callback>>>,
    signal: Option<(JsValue, Callback)>,
    finished: bool,
}

impl Timeout {
    /// Starts the time. Fails immediately if the signal is already aborted.
    pub(crate) fn start(milliseconds: u32, signal: Option<&JsValue>) -> Result<Self, Failure> {
        refuse_aborted(signal)?;
        let controller = AbortController::new().map_err(|thrown| {
            Failure::Caused(
                Error::config("signal", "this runtime has no AbortController"),
                thrown,
            )
        })?;
        let stop = Rc::new(Cell::new(None));
        let mut resolve_stopped = None;
        let stopped = Promise::new(&mut |resolve, _| resolve_stopped = Some(resolve));

        let stopping = |why: Stop| {
            let (stop, controller) = (Rc::clone(&stop), controller.clone());
            let resolve: Option<Function> = resolve_stopped.clone();
            move |reason: &JsValue| {
                if stop.get().is_none() {
                    stop.set(Some(why));
                    controller.abort_with_reason(reason);
                    if let Some(resolve) = &resolve {
                        // A promise's own resolve function does not throw.
                        let _ = resolve.call0(&JsValue::UNDEFINED);
                    }
                }
            }
        };
        let mut timeout = Self {
            milliseconds,
            controller: controller.clone(),
            stop: Rc::clone(&stop),
            stopped,
            timer: Rc::default(),
            on_slice: Rc::default(),
            signal: None,
            finished: false,
        };
        if let Some(signal) = signal {
            let abort = stopping(Stop::Aborted);
            let aborted = signal.clone();
            let on_abort: Callback = Closure::new(move || abort(&reason(&aborted)));
            let arguments = [&"abort".into(), on_abort.as_ref()];
            allow_many_listeners(signal);
            call(signal, "addEventListener", &arguments).map_err(|thrown| {
                let error = Error::validation("options.signal", "accepts no listener: it throws");
                Failure::Caused(error, thrown)
            })?;
            timeout.signal = Some((signal.clone(), on_abort));
        }
        timeout.start_time(stopping(Stop::Timeout));
        Ok(timeout)
    }

    fn start_time(&self, time_out: impl Fn(&JsValue) + 'static) {
        let first = self.milliseconds % SLICES + self.milliseconds / SLICES;
        let (slice, mut left) = (self.milliseconds / SLICES, SLICES - 1);
        let timer = Rc::clone(&self.timer);
        // Weak, or the closure would own itself.
        let itself = Rc::downgrade(&self.on_slice);
        let on_slice: Callback = Closure::new(move || {
            if left == 0 || slice == 0 {
                time_out(&JsValue::UNDEFINED);
            } else if let Some(next) = itself.upgrade() {
                left -= 1;
                *timer.borrow_mut() = next
                    .borrow()
                    .as_ref()
                    .map(|closure| Timer::start(closure.as_ref().unchecked_ref(), slice));
            }
        });
        *self.timer.borrow_mut() = Some(Timer::start(on_slice.as_ref().unchecked_ref(), first));
        *self.on_slice.borrow_mut() = Some(on_slice);
    }

    /// The signal that `fetch` is given.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Waits for `work`, or for the end of the timeout. A rejection is a broken connection.
    pub(crate) async fn over(&self, work: &Promise) -> Result<JsValue, Failure> {
        self.outcome(work)
            .await?
            .map_err(|thrown| Failure::Caused(Error::transport(TransportFault::Network), thrown))
    }

    /// The same for any work: its result, or the reason of its rejection.
    pub(crate) async fn outcome(
        &self,
        work: &Promise,
    ) -> Result<Result<JsValue, JsValue>, Failure> {
        let first = Promise::race(&Array::of2(work, &self.stopped));
        let outcome = JsFuture::from(first).await;
        match self.stop.get() {
            Some(Stop::Timeout) => {
                Err(Error::transport(TransportFault::Timeout(self.milliseconds)).into())
            }
            // Our own signal has the reason of the caller's signal.
            Some(Stop::Aborted) => Err(Failure::Theirs(self.controller.signal().reason())),
            None => Ok(outcome),
        }
    }

    /// The attempt is over, and there is nothing left to abort.
    pub(crate) fn finish(mut self) {
        self.finished = true;
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some((signal, on_abort)) = &self.signal {
            // Nothing can be done if the signal cannot remove the listener.
            let _ = call(
                signal,
                "removeEventListener",
                &[&"abort".into(), on_abort.as_ref()],
            );
        }
        if !self.finished {
            self.controller.abort();
        }
    }
}

/// Waits. Fails with the signal's reason if it is or becomes aborted.
pub(crate) async fn pause(milliseconds: u32, signal: Option<&JsValue>) -> Result<(), Failure> {
    let timeout = Timeout::start(milliseconds, signal)?;
    // Resolves without a value, by the timer or by the signal.
    let _ = JsFuture::from(timeout.stopped.clone()).await;
    match timeout.stop.get() {
        Some(Stop::Aborted) => Err(Failure::Theirs(timeout.controller.signal().reason())),
        _ => Ok(()),
    }
}

/// Node warns of a leak from the eleventh listener on, but one signal may abort hundreds of calls.
/// Node's own `fetch` raises the limit, too.
fn allow_many_listeners(signal: &JsValue) {
    const MANY: u32 = 1_500;
    let raise = || -> Result<JsValue, JsValue> {
        let process = member(&js_sys::global(), "process")?;
        let events = call(&process, "getBuiltinModule", &[&"node:events".into()])?;
        call(&events, "setMaxListeners", &[&MANY.into(), signal])
    };
    // Other runtimes have no such limit.
    let _ = raise();
}

/// Fails with the signal's reason if it is already aborted.
pub(crate) fn refuse_aborted(signal: Option<&JsValue>) -> Result<(), Failure> {
    match signal {
        Some(signal) if member(signal, "aborted").is_ok_and(|aborted| aborted.is_truthy()) => {
            Err(Failure::Theirs(reason(signal)))
        }
        _ => Ok(()),
    }
}

/// The reason of an aborted signal; an AbortError if it has none.
fn reason(signal: &JsValue) -> JsValue {
    let reason = member(signal, "reason").unwrap_or_default();
    if reason.is_undefined() {
        AbortSignal::abort().reason()
    } else {
        reason
    }
}
