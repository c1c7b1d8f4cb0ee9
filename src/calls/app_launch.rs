//! The query string with which a phone app opens WeChat's contract page, after a pre-sign call
//! returned an id (WeChat Pay partner document 4015804450). Nothing is sent: the merchant signs the
//! string and passes it to its app.
//!
//! ```
//! use wechatpay_wasm::calls::app_launch;
//! use wechatpay_wasm::{Attempt, Merchant};
//!
//! # let private_key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
//! # let merchant = Merchant::parse("1900007291", "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB", private_key)?;
//! let params = app_launch::Params::parse("wxd678efh567h23787", "1d4b5b8a", "APPLYMENT_1")?;
//! let attempt = Attempt { timestamp: 1_554_208_460, random: [7; Attempt::RANDOM_BYTES] };
//! let unsigned = app_launch::prepare(&params, &attempt);
//! let signature = merchant.sign(unsigned.message(), &[9; 32])?; // use fresh random bytes
//! let query = unsigned.query(&merchant, &signature);
//! assert!(query.starts_with("mchid=1900007291&appid=wxd678efh567h23787&package=preEntrustwebId%3D1d4b"));
//! # Ok::<(), wechatpay_wasm::Error>(())
//! ```

use base64ct::{Base64, Encoding};

use crate::error::Error;
use crate::http::percent_encoding::query_string;
use crate::protocol::fields::{Appid, OutContractCode, PreEntrustwebId};
use crate::protocol::merchant::Merchant;
use crate::protocol::request::Attempt;
use crate::protocol::signature_message::lines;

/// The business type that the app passes to WeChat's SDK.
pub const BUSINESS_TYPE: &str = "liteAppC2CSignPay";

/// The parameters of the query string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The app's appid, the same as in the pre-sign call.
    pub appid: Appid,
    /// The pre-sign id that the call returned. WeChat must be opened with it within 2 minutes.
    pub pre_entrustweb_id: PreEntrustwebId,
    /// The merchant's own number of the contract, the same as in the pre-sign call.
    pub out_contract_code: OutContractCode,
}

impl Params {
    /// The names of the parameters, in the form of WeChat Pay's wire names.
    pub const FIELDS: [&'static str; 3] = ["appid", "pre_entrustweb_id", "out_contract_code"];

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of them that breaks its limits.
    pub fn parse(
        appid: &str,
        pre_entrustweb_id: &str,
        out_contract_code: &str,
    ) -> Result<Self, Error> {
        Ok(Self {
            appid: Appid::parse(appid)?,
            pre_entrustweb_id: PreEntrustwebId::parse(pre_entrustweb_id)?,
            out_contract_code: OutContractCode::parse(out_contract_code)?,
        })
    }
}

/// The string to sign, and the values that the signed query string contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsignedLaunch {
    appid: String,
    package: String,
    timestamp: String,
    nonce: String,
    message: Vec<u8>,
}

/// Builds the string to sign.
#[must_use]
pub fn prepare(params: &Params, attempt: &Attempt) -> UnsignedLaunch {
    let package = format!(
        "preEntrustwebId={}&outContractCode={}&permissionType=INDIVIDUAL_PAYEE",
        params.pre_entrustweb_id.as_str(),
        params.out_contract_code.as_str(),
    );
    let appid = params.appid.as_str().to_owned();
    let (timestamp, nonce) = (attempt.timestamp.to_string(), attempt.nonce());
    let message = lines(&[
        appid.as_bytes(),
        timestamp.as_bytes(),
        nonce.as_bytes(),
        package.as_bytes(),
    ]);
    UnsignedLaunch {
        appid,
        package,
        timestamp,
        nonce,
        message,
    }
}

impl UnsignedLaunch {
    /// The string to sign: `appid\ntimeStamp\nnonceStr\npackage\n`. The package is not
    /// percent-encoded here.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The query string that the app passes to WeChat's SDK, with each value percent-encoded.
    /// `signature` is the merchant's signature over [`message`](Self::message). For 2 minutes,
    /// anybody who has the query string can open this page in the merchant's name.
    #[must_use]
    pub fn query(&self, merchant: &Merchant, signature: &[u8]) -> String {
        query_string(&[
            ("mchid", merchant.mchid()),
            ("appid", &self.appid),
            ("package", &self.package),
            ("timeStamp", &self.timestamp),
            ("nonceStr", &self.nonce),
            ("signType", "RSA"),
            ("certSerialNo", merchant.serial()),
            ("signature", &Base64::encode_string(signature)),
        ])
    }
}
