//! Calls as state machines: when a request is sent, when it is sent again, and when keys are downloaded.
//!
//! Belongs here: every decision of a call from its start to its result. The host performs a
//! [`Step`](step::Step) and reports an [`Event`](step::Event); the time comes with each event, and random
//! bytes where too few are left. Nothing here waits or sends.
//! May import: everything below it.

mod attempts;
pub(crate) mod budget;
pub(crate) mod call;
pub(crate) mod certificate_renewal;
pub(crate) mod client;
pub(crate) mod failure;
mod key_ring;
pub(crate) mod moment;
pub(crate) mod notices;
pub(crate) mod notifications;
pub mod notifications_of_several;
pub(crate) mod plan;
mod renewing;
pub(crate) mod retry;
pub(crate) mod step;
