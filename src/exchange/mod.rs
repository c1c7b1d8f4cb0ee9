//! When a call is sent, and when it is sent again.
//!
//! Belongs here: decisions about attempts, pauses and the renewal of certificates. Nothing here
//! waits or sends.
//! May import: everything below it.

pub(crate) mod certificate_renewal;
pub(crate) mod retry;
