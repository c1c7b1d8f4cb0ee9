//! The only place that knows JavaScript: it reads its objects, sends through its `fetch`, and
//! gives it results and errors of its own kind. What the protocol says is decided elsewhere.

mod account;
mod allocator;
mod body_stream;
mod chain;
mod chain_answer;
mod chain_options;
mod environment;
mod errors;
mod foreign;
mod host;
mod individual_contracts;
mod names;
mod notification;
mod notification_body;
mod notification_headers;
mod options;
mod record;
mod transport;
mod watch;
