//! The only place that knows JavaScript: it reads its objects, sends through its `fetch`, and
//! gives it results and errors of its own kind. What the protocol says is decided elsewhere.

mod account;
mod allocator;
mod app_launch;
mod attempts;
mod body_stream;
mod certificates;
mod chain;
mod chain_answer;
mod chain_options;
mod decrypt;
mod download;
mod echo;
mod environment;
mod errors;
mod file_source;
mod file_stream;
mod foreign;
mod gunzip;
mod hooks;
mod host;
mod individual_contracts;
mod keys;
mod names;
mod notification;
mod notification_body;
mod notification_headers;
mod options;
mod pay_sign;
mod record;
mod signer;
mod stopwatch;
mod transport;
mod typed_call;
mod upload;
mod watch;
