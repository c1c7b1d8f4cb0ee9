//! The only layer that knows JavaScript: it reads JavaScript's objects, sends through its `fetch`, and
//! returns results and errors of JavaScript's own kind.
//!
//! Belongs here: the translation between JavaScript and the core. The core implements the protocol.
//! May import: everything below it.

mod account;
mod allocator;
mod app_launch;
mod attempts;
mod body_stream;
mod budget;
mod certificates;
mod chain;
mod chain_options;
mod chain_response;
mod decrypt;
mod download;
mod echo;
mod environment;
mod errors;
mod exchange;
mod file_source;
mod file_stream;
mod foreign;
mod gunzip;
mod hooks;
mod host;
mod individual_contracts;
mod kernel;
mod keys;
mod names;
mod notification;
mod notification_body;
mod notification_headers;
mod options;
mod pay_sign;
mod promise;
mod record;
mod signer;
mod stopwatch;
mod timeout;
mod transport;
mod typed_call;
mod upload;
