//! What the four pre-sign calls have in common.

use serde::{Deserialize, Serialize};

use super::Identity;
use super::identity::SealedIdentity;
use crate::answer::VerifiedAnswer;
use crate::certs::Certs;
use crate::error::{Error, TransportFault};
use crate::request::{Method, Request};

/// What a pre-sign call answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PreEntrustSign {
    /// The pre-sign id. WeChat must be opened with it within 2 minutes.
    pub pre_entrustweb_id: String,
}

/// A pre-sign call at `path`. It may be sent again after a failure by itself.
pub(super) fn request(path: &str, body: &impl Serialize) -> Result<Request, Error> {
    Request::new(Method::Post, path).repeatable(true).json(body)
}

/// A pre-sign call for the one person who is named: `identity` stands in its body behind `params`.
pub(super) fn sealed_request(
    path: &str,
    params: &impl Serialize,
    identity: &Identity,
    certs: &Certs,
    now: u64,
    seeds: &[u8; Identity::SEED_BYTES],
) -> Result<Request, Error> {
    #[derive(Serialize)]
    struct Body<'a, P> {
        #[serde(flatten)]
        params: &'a P,
        #[serde(flatten)]
        identity: SealedIdentity,
    }
    let (identity, key_id) = identity.seal(certs, now, seeds)?;
    Ok(request(path, &Body { params, identity })?.sealed_for(key_id))
}

/// Reads the answer.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`]: the answer is WeChat Pay's, but it holds no
/// pre-sign id.
pub fn process(answer: &VerifiedAnswer<'_>) -> Result<PreEntrustSign, Error> {
    let result: PreEntrustSign = answer.json()?;
    if result.pre_entrustweb_id.is_empty() {
        return Err(Error::transport(TransportFault::Invalid(
            "its pre_entrustweb_id is empty".into(),
        )));
    }
    Ok(result)
}
