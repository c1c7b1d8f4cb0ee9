//! GET `/v3/ecommerce/individual-contracts/{openid}` (WeChat Pay partner document 4012739528):
//! queries a contract by its payee.
//!
//! ```
//! use wechatpay_wasm::calls::individual_contracts::query_contract_by_openid::{Params, prepare};
//!
//! let openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
//! let request = prepare(&Params::parse("wxd678efh567h23787", openid, None)?);
//! assert!(request.is_repeatable());
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use crate::error::Error;
use crate::http::percent_encoding::{percent_encode, query_string};
use crate::protocol::fields::{Appid, Openid, PermissionType};
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

const PATH: &str = "/v3/ecommerce/individual-contracts/";

/// The parameters of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The appid that the openid belongs to.
    pub appid: Appid,
    /// The payee.
    pub openid: Openid<128>,
    /// What the contract permits.
    pub permission_type: PermissionType,
}

impl Params {
    /// The names of the parameters on the wire. The one that ends in `?` may be left out.
    pub const FIELDS: [&'static str; 3] = ["appid", "openid", "permission_type?"];

    /// Reads the parameters. Without a `permission_type` it is the only one that there is,
    /// `INDIVIDUAL_PAYEE`.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse<'t>(
        appid: &str,
        openid: &str,
        permission_type: impl Into<Option<&'t str>>,
    ) -> Result<Self, Error> {
        let permission_type = permission_type.into().map(PermissionType::parse);
        Ok(Self {
            appid: Appid::parse(appid)?,
            openid: Openid::parse(openid)?,
            permission_type: permission_type.transpose()?.unwrap_or_default(),
        })
    }
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractByOpenid {
    /// WeChat Pay's id of the authorisation.
    pub individual_auth_id: String,
    /// When its state last changed: RFC 3339, as WeChat Pay wrote it.
    pub operation_time: String,
    /// `AUTHORIZED` or `UNAUTHORIZED`. It is text, so that states that WeChat Pay adds later can be
    /// read, too.
    pub auth_state: String,
}

impl ContractByOpenid {
    /// Its members, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("individual_auth_id", Some(&self.individual_auth_id)),
            ("operation_time", Some(&self.operation_time)),
            ("auth_state", Some(&self.auth_state)),
        ]
    }
}

/// The request before it is signed.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    let openid = percent_encode(params.openid.as_str());
    let query = query_string(&[
        ("appid", params.appid.as_str()),
        ("permission_type", params.permission_type.as_str()),
    ]);
    Request::new(Method::Get, format!("{PATH}{openid}?{query}"))
}

/// Reads the response.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`](crate::TransportFault::Invalid): the
/// response is WeChat Pay's, but it does not have the documented form.
pub fn process(response: &VerifiedResponse<'_>) -> Result<ContractByOpenid, Error> {
    response.object(|object| {
        Ok(ContractByOpenid {
            individual_auth_id: object.text("individual_auth_id")?,
            operation_time: object.text("operation_time")?,
            auth_state: object.text("auth_state")?,
        })
    })
}
