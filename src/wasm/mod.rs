//! The exports of the Wasm: strings and bytes in, strings and bytes out.
//!
//! Belongs here: what translates between the core and the JavaScript of `pkg-template/client/`. Structured
//! values are JSON. Every export is synchronous and short, and returns its errors as JSON: whatever is
//! thrown through an export is a fault, after which JavaScript replaces the instance.
//! May import: everything below it.

#![allow(
    clippy::must_use_candidate,
    reason = "JavaScript sees no attribute of an export"
)]

mod allocator;
mod call;
mod chain;
mod client;
mod decrypt;
mod error_json;
mod event;
mod file;
mod individual_contracts;
mod kernel;
mod message;
mod moment;
mod names;
mod notification;
mod params;
mod planned;
mod step_json;
mod table;
mod typed_calls;
