//! Files that WeChat Pay neither signs nor hashes, such as the pictures of a complaint (WeChat Pay merchant
//! documents 4012467221 and 4012533431). Nobody can tell whether they are WeChat Pay's: TLS alone says so.
//!
//! ```
//! use wechatpay_wasm::BaseUrl;
//! use wechatpay_wasm::calls::unverified_download::{Params, prepare};
//!
//! let params = Params::parse("/v3/merchant-service/images/BB04A5DE.bmp", BaseUrl::default())?;
//! assert_eq!(params.url(), "https://api.mch.weixin.qq.com/v3/merchant-service/images/BB04A5DE.bmp");
//! let request = prepare(&params);
//! // A bill has a hash.
//! assert!(Params::parse("/v3/billdownload/file?token=x", BaseUrl::default()).is_err());
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use crate::error::message::{Message, message};
use crate::error::{Error, TransportFault};
use crate::http::base_url::BaseUrl;
use crate::http::url_stability;
use crate::protocol::request::{Method, Request};
use crate::protocol::unsigned_files;

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    base_url: BaseUrl,
    path_and_query: String,
}

impl Params {
    /// Reads the path of a file, with its query if it has one, or the URL of one that a response gave. It
    /// is fetched from `base_url` in any case.
    ///
    /// # Errors
    /// [`Error::Validation`] for `download_url`: it is none of the documented files that have neither a
    /// signature nor a hash, or its host is neither that of `base_url` nor one of WeChat Pay's own.
    pub fn parse(path_or_url: &str, base_url: BaseUrl) -> Result<Self, Error> {
        let refused = |problem: Message| Error::validation("download_url", problem);
        let path_and_query = if path_or_url.starts_with('/') {
            path_or_url
        } else {
            let admitted = base_url.admit(path_or_url);
            admitted.map(|(_, path)| path).ok_or_else(|| {
                refused(message!(
                    "must be a path that begins with /v3/, or a URL of a response, on WeChat Pay's host \
                     over https or on the client's base URL"
                ))
            })?
        };
        if let Some(fault) = url_stability::fault(path_and_query) {
            return Err(refused(fault.advice()));
        }
        let path = path_and_query
            .split_once('?')
            .map_or(path_and_query, |(path, _)| path);
        if !unsigned_files::is_at(path) {
            return Err(refused(message!(
                "is not one of the documented files without signature and hash: pictures of complaints, \
                 e-invoices and statements. Give hashType and hashValue from the signed response that \
                 gave this URL, in place of acceptUnverifiedFile"
            )));
        }
        Ok(Self {
            path_and_query: path_and_query.to_owned(),
            base_url,
        })
    }

    /// The host to fetch the file from.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// The URL of the file.
    #[must_use]
    pub fn url(&self) -> String {
        self.base_url.join(&self.path_and_query)
    }
}

/// The request. Its response is a file, or JSON if it is an error.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    Request::new(Method::Get, params.path_and_query.as_str()).header("Accept", "*/*")
}

/// Looks at what arrives: `signed` says whether the response has a signature, which would have to be
/// verified.
///
/// # Errors
/// [`Error::Transport`] if it has one.
pub fn process(signed: bool) -> Result<(), Error> {
    if !signed {
        return Ok(());
    }
    Err(Error::transport(TransportFault::Invalid(message!(
        "WeChat Pay signed this file, and it must not be taken without a check of its signature"
    ))))
}
