//! The code that the four pre-sign calls share.

use super::identity::Identity;
use crate::error::message::message;
use crate::error::{Error, TransportFault};
use crate::protocol::certs::Certs;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

/// The result of a pre-sign call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreEntrustSign {
    /// The pre-sign id. WeChat must be opened with it within 2 minutes.
    pub pre_entrustweb_id: String,
}

/// A pre-sign call at `path`. It may be sent again automatically after a failure.
pub(super) fn request<'m>(
    path: &str,
    members: impl IntoIterator<Item = (&'m str, &'m str)>,
) -> Request {
    Request::new(Method::Post, path)
        .repeatable(true)
        .json(members)
}

/// A pre-sign call for one person only. The members of `identity` follow `members` in the body.
pub(super) fn encrypted_request(
    path: &str,
    members: Vec<(&str, &str)>,
    identity: &Identity,
    certs: &Certs,
    now: u64,
    seeds: &[u8; Identity::SEED_BYTES],
) -> Result<Request, Error> {
    let (encrypted, key_id) = identity.encrypt(certs, now, seeds)?;
    let members = members.into_iter().chain(encrypted.members());
    Ok(request(path, members).encrypted_for(key_id))
}

/// Reads the response.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`]: the response is WeChat Pay's, but it has
/// no pre-sign id.
pub fn process(response: &VerifiedResponse<'_>) -> Result<PreEntrustSign, Error> {
    let result = response.object(|object| {
        Ok(PreEntrustSign {
            pre_entrustweb_id: object.text("pre_entrustweb_id")?,
        })
    })?;
    if result.pre_entrustweb_id.is_empty() {
        return Err(Error::transport(TransportFault::Invalid(message!(
            "its pre_entrustweb_id is empty"
        ))));
    }
    Ok(result)
}
