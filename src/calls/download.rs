//! Downloads: a bill or another file. A signed response gave its URL and its hash (WeChat Pay
//! merchant documents 4012556742 and 4012810615). The request is signed like any other, but the
//! file is not.
//!
//! ```
//! use wechatpay_wasm::calls::download::{self, Params};
//! use wechatpay_wasm::BaseUrl;
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! let url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=xxx";
//! let sha1 = "79bb0f45fc4c42234a918000b2668d689e2bde04";
//! let params = Params::parse(url, "SHA1", sha1, &BaseUrl::default())?;
//! let request = download::prepare(&params);
//! assert_eq!(params.url(), url);
//! # Ok(())
//! # }
//! ```

use crate::crypto::file_hash::FileHash;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::http::base_url::BaseUrl;
use crate::http::url_stability;
use crate::protocol::request::{Method, Request};

/// Where a file is, and the hash that it must have.
#[derive(Clone, PartialEq, Eq)]
pub struct Params {
    base_url: BaseUrl,
    path_and_query: String,
    hash: FileHash,
}

impl Params {
    /// Reads the parameters: `download_url`, `hash_type` and `hash_value` from the signed response.
    /// The host of the URL must be that of `base_url` or one of WeChat Pay's own: the request
    /// carries an Authorization header, which must not be sent to any other host.
    ///
    /// # Errors
    /// [`Error::Validation`] for `download_url`, `hash_type` or `hash_value`.
    pub fn parse(
        download_url: &str,
        hash_type: &str,
        hash_value: &str,
        base_url: &BaseUrl,
    ) -> Result<Self, Error> {
        let refused = |problem: Message| Error::validation("download_url", problem);
        let (base_url, path_and_query) = base_url.admit(download_url).ok_or_else(|| {
            refused(message!("must be the download_url of a response: on WeChat Pay's host over https, or on the \
                 client's base URL; requests to other hosts are never signed"))
        })?;
        if let Some(fault) = url_stability::fault(path_and_query) {
            return Err(refused(fault.advice()));
        }
        Ok(Self {
            base_url,
            path_and_query: path_and_query.to_owned(),
            hash: FileHash::parse(hash_type, hash_value)?,
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

    /// The hash that the file must have.
    #[must_use]
    pub fn hash(&self) -> &FileHash {
        &self.hash
    }
}

impl std::fmt::Debug for Params {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The query contains a token, which must not be logged.
        formatter
            .debug_struct("download::Params")
            .field("host", &self.base_url)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// The request. Its response is a file, or JSON if it is an error.
#[must_use]
pub fn prepare(params: &Params) -> Request {
    Request::new(Method::Get, params.path_and_query.as_str()).header("Accept", "*/*")
}
