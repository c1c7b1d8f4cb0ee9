//! GET `/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}` (WeChat Pay
//! partner document 4015851492): queries a contract by the merchant's own number.
//!
//! ```
//! use wechatpay_wasm::calls::individual_contracts::query_contract_by_out_contract_code::{Params, prepare};
//!
//! let request = prepare(&Params::parse("wxd678efh567h23787", "APPLYMENT_1")?);
//! assert!(request.is_repeatable());
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use std::fmt;

/// The parameters of the call.
pub use super::contract::Contract as Params;
use crate::error::Error;
use crate::http::percent_encoding::{percent_encode, query_string};
use crate::json::{Json, OtherForm};
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

const PATH: &str = "/v3/ecommerce/individual-contracts/out-contract-code/";

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractByOutContractCode {
    /// When it was signed: RFC 3339, as WeChat Pay wrote it.
    pub signed_time: String,
    /// `AUTHORIZED` or `UNAUTHORIZED`. It is text, so that states that WeChat Pay adds later can be
    /// read, too.
    pub auth_state: String,
    /// WeChat Pay's id of the authorisation.
    pub individual_auth_id: Option<String>,
    /// The payee's openid in the app.
    pub individual_openid: Option<String>,
    /// The permission to read the payee's real name, if the payee was asked for it.
    pub real_name_auth_result: Option<RealNameAuthResult>,
}

/// The permission to read the payee's real name.
#[derive(Clone, PartialEq, Eq)]
pub struct RealNameAuthResult {
    /// What the token permits: `pay_realname`.
    pub scope: String,
    /// The token; never printed.
    pub access_token: String,
    /// When the token expires: RFC 3339, as WeChat Pay wrote it.
    pub access_token_expire_time: String,
}

impl ContractByOutContractCode {
    /// Its members that are texts, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("signed_time", Some(&self.signed_time)),
            ("auth_state", Some(&self.auth_state)),
            ("individual_auth_id", self.individual_auth_id.as_deref()),
            ("individual_openid", self.individual_openid.as_deref()),
        ]
    }
}

impl RealNameAuthResult {
    /// Its members, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("scope", Some(&self.scope)),
            ("access_token", Some(&self.access_token)),
            (
                "access_token_expire_time",
                Some(&self.access_token_expire_time),
            ),
        ]
    }

    fn read(json: Json<'_>) -> Result<Self, OtherForm> {
        let object = json.object()?;
        Ok(Self {
            scope: object.text("scope")?,
            access_token: object.text("access_token")?,
            access_token_expire_time: object.text("access_token_expire_time")?,
        })
    }
}

impl fmt::Debug for RealNameAuthResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RealNameAuthResult")
            .field("scope", &self.scope)
            .field("access_token", &"[redacted]")
            .field("access_token_expire_time", &self.access_token_expire_time)
            .finish()
    }
}

/// The request before it is signed.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    let code = percent_encode(params.out_contract_code.as_str());
    let query = query_string(&[("appid", params.appid.as_str())]);
    Request::new(Method::Get, format!("{PATH}{code}?{query}"))
}

/// Reads the response.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`](crate::TransportFault::Invalid): the
/// response is WeChat Pay's, but it does not have the documented form.
pub fn process(response: &VerifiedResponse<'_>) -> Result<ContractByOutContractCode, Error> {
    response.object(|object| {
        let name = object.member("real_name_auth_result")?;
        Ok(ContractByOutContractCode {
            signed_time: object.text("signed_time")?,
            auth_state: object.text("auth_state")?,
            individual_auth_id: object.optional_text("individual_auth_id")?,
            individual_openid: object.optional_text("individual_openid")?,
            real_name_auth_result: name.map(RealNameAuthResult::read).transpose()?,
        })
    })
}
