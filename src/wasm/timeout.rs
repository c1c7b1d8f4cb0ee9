//! Watches over one attempt, or over a pause: its time, and the caller's signal. Whichever comes first
//! stops the host's `fetch`, and is what the caller hears of.

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

/// In how many slices the time is counted. Each starts when the one before it was heard, so that an
/// event loop that stood still costs an attempt no more than one of them: what came meanwhile is
/// read before the time is up.
const SLICES: u32 = 8;

/// Dropped before [`Timeout::finish`], it aborts what it watches over: nothing is read in vain.
pub(crate) struct Timeout {
    milliseconds: u32,
    controller: AbortController,
    stop: Rc<Cell<Option<Stop>>>,
    /// Resolves when the watch stops the attempt, so that a `fetch` that heeds no signal is left.
    stopped: Promise,
    timer: Rc<RefCell<Option<Timer>>>,
    on_slice: Rc<RefCell<Option<Callback>>>,
    signal: Option<(JsValue, Callback)>,
    finished: bool,
}

impl Timeout {
    /// Starts the time. Fails at once where the signal is aborted already.
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
            let heard = signal.clone();
            let on_abort: Callback = Closure::new(move || abort(&reason(&heard)));
            let arguments = [&"abort".into(), on_abort.as_ref()];
            allow_many_listeners(signal);
            call(signal, "addEventListener", &arguments).map_err(|thrown| {
                let error = Error::validation("options.signal", "takes no listener: it throws");
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
        // Weak, or the closure would keep itself.
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

    /// The same for work of any kind: what it gives, or what it is rejected with.
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
            // What the signal was aborted with has become our own signal's reason.
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
            // Nothing to do about a signal that does not let go.
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

/// Waits so long. Fails with the signal's reason where it is aborted before or meanwhile.
pub(crate) async fn pause(milliseconds: u32, signal: Option<&JsValue>) -> Result<(), Failure> {
    let timeout = Timeout::start(milliseconds, signal)?;
    // Resolves with nothing, whichever of the two ends it.
    let _ = JsFuture::from(timeout.stopped.clone()).await;
    match timeout.stop.get() {
        Some(Stop::Aborted) => Err(Failure::Theirs(timeout.controller.signal().reason())),
        _ => Ok(()),
    }
}

/// Node warns of a leak from the eleventh listener on, and one signal may well end hundreds of calls
/// at once. Its own `fetch` raises the limit too.
fn allow_many_listeners(signal: &JsValue) {
    const MANY: u32 = 1_500;
    let raise = || -> Result<JsValue, JsValue> {
        let process = member(&js_sys::global(), "process")?;
        let events = call(&process, "getBuiltinModule", &[&"node:events".into()])?;
        call(&events, "setMaxListeners", &[&MANY.into(), signal])
    };
    // Elsewhere there is no such limit, and nothing to raise.
    let _ = raise();
}

/// Fails with the signal's reason where it is aborted already.
pub(crate) fn refuse_aborted(signal: Option<&JsValue>) -> Result<(), Failure> {
    match signal {
        Some(signal) if member(signal, "aborted").is_ok_and(|aborted| aborted.is_truthy()) => {
            Err(Failure::Theirs(reason(signal)))
        }
        _ => Ok(()),
    }
}

/// The reason that a signal was aborted with; an AbortError where it knows none.
fn reason(signal: &JsValue) -> JsValue {
    let reason = member(signal, "reason").unwrap_or_default();
    if reason.is_undefined() {
        AbortSignal::abort().reason()
    } else {
        reason
    }
}
