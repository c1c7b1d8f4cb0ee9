//! What the four pre-sign calls answer.

use serde::Deserialize;

use crate::answer::VerifiedAnswer;
use crate::error::{Error, TransportFault};

/// What a pre-sign call answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PreEntrustSign {
    /// The pre-sign id. WeChat must be opened with it within 2 minutes.
    pub pre_entrustweb_id: String,
}

impl PreEntrustSign {
    pub(super) fn read(answer: &VerifiedAnswer<'_>) -> Result<Self, Error> {
        let result: Self = answer.json()?;
        if result.pre_entrustweb_id.is_empty() {
            return Err(Error::transport(TransportFault::Invalid(
                "its pre_entrustweb_id is empty".into(),
            )));
        }
        Ok(result)
    }
}
