//! Calls: JavaScript starts one, performs its steps, and reports what became of each.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::error_json::{Fields, of_failure, refusal};
use super::params::{Params, misread};
use super::planned::{Arguments, Finish, Finishing, Planned};
use super::table::Table;
use super::{
    chain, client, event, file, individual_contracts, message, moment, notification, step_json,
};
use crate::exchange::budget::CallOptions;
use crate::exchange::call::Call;
use crate::exchange::failure::Failure;
use crate::exchange::plan::Progressed;
use crate::exchange::step::Step;
use crate::json::ObjectWriter;

/// A call that is under way.
struct Pending {
    client: client::SharedClient,
    call: Call,
    finish: Finish,
    fields: Fields,
    /// The body to send, or the message to sign.
    outgoing: Vec<u8>,
}

thread_local! {
    static CALLS: Table<Pending> = const { Table::new() };
}

/// Starts the call `name`. `params` and `options` are JSON; `options` names the `client`. `bytes` is a
/// body. [`moment::read`] describes the rest. Returns the first step.
#[wasm_bindgen]
pub fn start(
    name: &str,
    params: &str,
    options: &str,
    bytes: Vec<u8>,
    clock: f64,
    elapsed: f64,
    random: Vec<u8>,
) -> String {
    let started = || -> Result<_, Failure> {
        let (params, options) = (Params::read(params)?, Params::read(options)?);
        let shared = client::shared(options.number("client").ok_or_else(misread)?)?;
        let mut moment = moment::read(clock, elapsed, random, options.number("clockCause"));
        let mut client = shared.try_borrow_mut().map_err(|_| misread())?;
        let arguments = Arguments {
            client: &client,
            params,
            bytes,
            moment: &mut moment,
        };
        let planned = plan(name, arguments)?;
        let numbers = ["timeout", "deadline", "maxRetries", "telling"];
        let options = CallOptions::of(numbers.map(|name| options.number(name)));
        let (call, progressed) = Call::start(&mut client, planned.plan, options, &mut moment);
        drop(client);
        let pending = Pending {
            client: shared,
            call,
            finish: planned.finish,
            fields: planned.fields,
            outgoing: Vec::new(),
        };
        Ok((pending, progressed, planned.form))
    };
    match started() {
        Ok((pending, progressed, form)) => {
            let mut json = ObjectWriter::new();
            if let Some((before, after)) = form {
                json.text("before", &before).text("after", &after);
            }
            go_on(json, None, pending, progressed, &[])
        }
        Err(error) if name == "chain" => refusal(error, Fields::Wire),
        Err(error) => refusal(error, Fields::Camel),
    }
}

/// Reports an event of a call. `bytes` is a response's body, or a signature. Returns the next step.
#[wasm_bindgen]
pub fn advance(
    call: usize,
    event: &str,
    bytes: Vec<u8>,
    clock: f64,
    elapsed: f64,
    random: Vec<u8>,
) -> String {
    let pending = CALLS.with(|table| table.take(call));
    let (Some(mut pending), Ok(reported)) = (pending, event::read(event, bytes)) else {
        return refusal(misread(), Fields::Camel);
    };
    let mut moment = moment::read(clock, elapsed, random, reported.clock_cause);
    let shared = pending.client.clone();
    let Ok(mut client) = shared.try_borrow_mut() else {
        return refusal(misread(), Fields::Camel);
    };
    let progressed = pending
        .call
        .advance(&mut client, reported.event, &mut moment);
    drop(client);
    let json = ObjectWriter::new();
    go_on(json, Some(call), pending, progressed, &reported.all_headers)
}

/// Takes the body to send, or the message to sign, of a call's last step.
#[wasm_bindgen(js_name = takeBytes)]
pub fn take_bytes(call: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    CALLS.with(|table| {
        table.change(call, |pending| {
            bytes = std::mem::take(&mut pending.outgoing);
        });
    });
    bytes
}

/// Writes a step, and keeps the call unless it has ended.
fn go_on(
    mut json: ObjectWriter,
    number: Option<usize>,
    mut pending: Pending,
    progressed: Progressed,
    all_headers: &[(String, String)],
) -> String {
    let fields = pending.fields;
    step_json::notices(&mut json, progressed.notices, fields);
    let outgoing = match progressed.step {
        Step::Done(output) => {
            let client = pending.client.try_borrow();
            let finished = client.map_err(|_| misread()).and_then(|client| {
                let finishing = Finishing {
                    client: &client,
                    all_headers,
                };
                (pending.finish)(output, &finishing)
            });
            return match finished {
                Ok(result) => json.text("step", "done").json("result", &result).finish(),
                Err(error) => failed(&mut json, error.into(), fields),
            };
        }
        Step::Failed(failure) => return failed(&mut json, failure, fields),
        Step::Wait(milliseconds) => {
            json.text("step", "wait")
                .value("milliseconds", milliseconds);
            Vec::new()
        }
        Step::Sign { message, timeout } => {
            json.text("step", "sign").value("timeout", timeout);
            message
        }
        Step::Send(send) => {
            step_json::send(&mut json, &send);
            send.body
        }
    };
    json.value("bytes", outgoing.len())
        .value("random", pending.call.needs_random());
    pending.outgoing = outgoing;
    let number = CALLS.with(|table| match number {
        Some(number) => {
            table.put(number, pending);
            number
        }
        None => table.add(pending),
    });
    json.value("call", number).finish()
}

fn failed(json: &mut ObjectWriter, failure: Failure, fields: Fields) -> String {
    json.text("step", "failed")
        .json("error", &of_failure(failure, fields))
        .finish()
}

fn plan(name: &str, mut arguments: Arguments<'_>) -> Result<Planned, Failure> {
    match name {
        "chain" => Ok(chain::plan(arguments)?),
        "upload" => Ok(file::plan_upload(&mut arguments)?),
        "download" => Ok(file::plan_download(&mut arguments)?),
        "unverifiedDownload" => Ok(file::plan_unverified_download(&arguments)?),
        "notificationKey" => Ok(notification::plan_key(&arguments)?),
        "certificates" => Ok(message::plan_certificates()),
        "echo" => message::plan_echo(arguments),
        "encrypt" => message::plan_encrypt(&arguments),
        "paySign" => message::plan_pay_sign(arguments),
        "appLaunchParams" => message::plan_app_launch(arguments),
        name => Ok(individual_contracts::plan(name, &arguments)?),
    }
}

thread_local! {
    /// Performs the steps of a call: `(step: string) => Promise`.
    static DRIVER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Registers the driver. The loader calls it once, before anything else.
#[wasm_bindgen(js_name = useDriver)]
pub fn use_driver(driver: Function) {
    DRIVER.with_borrow_mut(|known| *known = Some(driver));
}

/// Hands a call's first step to the driver, whose promise it returns.
pub(super) fn drive(step: String) -> Promise {
    let driver = DRIVER.with_borrow(Clone::clone);
    driver
        .and_then(|driver| driver.call1(&JsValue::UNDEFINED, &step.into()).ok())
        // By its type in JavaScript, and not `instanceof`: the host may have replaced Promise.
        // Without it the stack overflowed: the call that has started is lost, and with it this instance.
        .map_or_else(
            || wasm_bindgen::throw_str("the driver failed"),
            JsCast::unchecked_into,
        )
}
