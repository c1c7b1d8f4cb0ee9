//! POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app` (WeChat Pay partner document
//! 4015851472): the pre-sign id with which a phone app opens WeChat's contract page.

use serde::{Deserialize, Serialize};

use crate::answer::VerifiedAnswer;
use crate::error::{Error, TransportFault};
use crate::fields::{Appid, OutContractCode};
use crate::request::{Method, Request};

const PATH: &str = "/v3/ecommerce/individual-contracts/pre-entrust-sign/app";

/// What the call is asked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Params {
    /// The app's appid, bound to the merchant.
    pub appid: Appid,
    /// The merchant's own number of this contract.
    pub out_contract_code: OutContractCode,
}

impl Params {
    /// The names of the parameters on the wire.
    pub const FIELDS: [&'static str; 2] = ["appid", "out_contract_code"];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(appid: &str, out_contract_code: &str) -> Result<Self, Error> {
        Ok(Self {
            appid: Appid::parse(appid)?,
            out_contract_code: OutContractCode::parse(out_contract_code)?,
        })
    }
}

/// What the call answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PreEntrustSign {
    /// The pre-sign id. WeChat must be opened with it within 2 minutes.
    pub pre_entrustweb_id: String,
}

/// The request, not signed yet.
///
/// # Errors
/// None with parameters that parsed; the type leaves room for calls that encrypt.
pub fn prepare(params: &Params) -> Result<Request, Error> {
    Request::new(Method::Post, PATH)
        .repeatable(true)
        .json(params)
}

/// Reads the answer.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`]: the answer is WeChat Pay's, but it holds
/// no pre-sign id.
pub fn process(answer: &VerifiedAnswer<'_>) -> Result<PreEntrustSign, Error> {
    let result: PreEntrustSign = answer.json()?;
    if result.pre_entrustweb_id.is_empty() {
        return Err(Error::transport(TransportFault::Invalid(
            "its pre_entrustweb_id is empty".into(),
        )));
    }
    Ok(result)
}
