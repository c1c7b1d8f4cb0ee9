//! Every endpoint of APIv3 that has no module of its own: a chain of names spells the path, and the
//! parameters are sent as they are given.
//!
//! ```
//! use wechatpay_wasm::Method;
//! use wechatpay_wasm::calls::chain::{Params, Segment, path, prepare};
//!
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! let links = ["v3", "pay", "transactions", "id", "_transaction_id_"].map(Segment::property);
//! let params = Params {
//!     variables: vec![("transaction_id".to_owned(), "4200000985202103031441826014".to_owned())],
//!     query: vec![("mchid".to_owned(), "1900007291".to_owned())],
//!     ..Params::default()
//! };
//! let request = prepare(Method::Get, &path(&links)?, &params)?;
//! # Ok(())
//! # }
//! ```

mod encrypted_fields;
mod headers;
mod response_headers;
mod segment;

pub use encrypted_fields::EncryptedFields;
pub use headers::Headers;
pub use response_headers::listed_headers;
pub use segment::{Segment, path};

use crate::error::message::message;
use crate::error::untrusted_text::{is_plausible, named};
use crate::error::{Error, TransportFault};
use crate::http::path_and_query::PathAndQuery;
use crate::http::uri_template::UriTemplate;
use crate::protocol::certs::Certs;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

/// The parameters of a call, besides its method and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Values of the path's variables, by name. The path must have a variable of each name.
    pub variables: Vec<(String, String)>,
    /// The query in its order. A name may occur several times. Names are visible ASCII.
    pub query: Vec<(String, String)>,
    /// The caller's headers for this call.
    pub headers: Headers,
    /// The body: serialized JSON. Exactly these bytes are signed and sent, but for the encrypted fields.
    pub json: Option<Vec<u8>>,
}

/// The request before it is signed. A request that writes is not repeated automatically, because
/// only its caller knows what a second request does.
///
/// # Errors
/// [`Error::Validation`], in this order: for a variable that the path does not have, for one that
/// is missing or cannot be in a path, for `path`, for `query`, for `json` of a GET.
pub fn prepare(method: Method, path: &UriTemplate, params: &Params) -> Result<Request, Error> {
    for (given, _) in &params.variables {
        if !path.variables().any(|name| name == given) {
            return Err(unknown(given, path));
        }
    }
    let value = |name: &str| {
        let mut pairs = params.variables.iter();
        pairs
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    };
    let path = PathAndQuery::parse(&path.expand(value)?)?;
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    if !params.query.iter().all(|(name, _)| is_name(name)) {
        return Err(Error::validation(
            "query",
            message!("has a name that is not valid: use visible ASCII"),
        ));
    }
    let path = path.with_query(params.query.iter().map(|(name, value)| (name, value)));
    let request = Request::new(method, path.as_str());
    let request = match &params.json {
        None => request,
        Some(_) if method == Method::Get => {
            return Err(Error::validation(
                "json",
                message!("cannot be sent with a GET, which has no body; give query"),
            ));
        }
        Some(json) => request.body("application/json", json.clone()),
    };
    Ok(params.headers.add_to(request))
}

/// [`prepare`]'s request with the fields encrypted: with the key that its headers name, or else with the one
/// that [`Certs::encryption_key`] chooses. `random` must be fresh random bytes.
///
/// # Errors
/// [`Error::Validation`] for `encrypt`: a text is longer than the key can encrypt. [`Error::Config`] for
/// `certs` if no key in it is valid.
pub fn encrypted(
    request: Request,
    fields: &EncryptedFields,
    named: Option<&str>,
    certs: &Certs,
    now: u64,
    random: &[u8; 32],
) -> Result<Request, Error> {
    let named = named.and_then(|id| Some((id, certs.key(id)?)));
    let (id, key) = named.map_or_else(|| certs.encryption_key(now), Ok)?;
    let body = fields.encrypt(key, random)?;
    Ok(request.body("application/json", body).encrypted_for(id))
}

/// The JSON text of the response's body; `None` if it has no body, as with 204 and 202.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`] if it is not UTF-8.
pub fn process<'a>(response: &VerifiedResponse<'a>) -> Result<Option<&'a str>, Error> {
    if response.body().is_empty() {
        return Ok(None);
    }
    std::str::from_utf8(response.body())
        .map(Some)
        .map_err(|_| no_json())
}

/// The error for a response of WeChat Pay whose body is not JSON.
pub(crate) fn no_json() -> Error {
    Error::transport(TransportFault::Invalid(message!(
        "its body is not valid JSON"
    )))
}

/// The error for a name that the path does not have: most likely a misspelled option or variable.
fn unknown(given: &str, path: &UriTemplate) -> Error {
    let mut known = String::new();
    for variable in path.variables() {
        known.push_str(if known.is_empty() { "" } else { ", " });
        known.push_str(variable);
    }
    let known = match known.as_str() {
        "" => message!("the path has none"),
        known => message!("the variables are {}", known),
    };
    let problem = message!(
        "neither an option (the body goes into json, the query into query) nor a variable of the path: {}",
        known
    );
    if is_plausible(given) {
        Error::validation(given.to_owned(), message!("is {}", problem))
    } else {
        let name = named(given);
        Error::validation(
            "options",
            message!("has a member, {}, that is {}", name, problem),
        )
    }
}
