//! The signed parameters with which a page, a mini program or an app opens WeChat's cashier, after
//! an order has its prepay id (WeChat Pay's pages "JSAPI调起支付", "小程序调起支付" and "APP调起支付"; the
//! signature is that of merchant document 4012365336). Nothing is sent: the merchant signs the
//! parameters, and its front end passes them to WeChat.
//!
//! ```
//! use wechatpay_wasm::calls::pay_sign::{self, Params};
//! use wechatpay_wasm::Attempt;
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! # let private_key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
//! # let private_key = wechatpay_wasm::parse_private_key(private_key)?;
//! let params = Params::parse("jsapi", "wx2421b1c4370ec43b", "wx201410272009395522657a69", None)?;
//! let attempt = Attempt { timestamp: 1_554_208_460, random: [7; Attempt::RANDOM_BYTES] };
//! let unsigned = pay_sign::prepare(&params, "1900007291", &attempt);
//! let signature = private_key.sign(unsigned.message(), &[7; 32])?;
//! let members = unsigned.signed(&signature);
//! assert_eq!(members[3], ("package", "prepay_id=wx201410272009395522657a69".to_owned()));
//! # Ok(())
//! # }
//! ```

use base64ct::{Base64, Encoding};

use crate::error::Error;
use crate::error::message::message;
use crate::protocol::fields::{Appid, Limits};
use crate::protocol::request::Attempt;
use crate::protocol::signature_message::pay_message;

/// Where the cashier is opened. Each place has its own parameter names, and an app signs another
/// string.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Opener {
    /// A page in WeChat: `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`.
    Jsapi,
    /// A mini program: `wx.requestPayment(…)`.
    MiniProgram,
    /// An app, through the SDK for Android, iOS or HarmonyOS. `partnerid` replaces the merchant's
    /// own number.
    App { partnerid: Option<String> },
}

/// What is paid, and where the cashier is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    opener: Opener,
    appid: Appid,
    prepay_id: String,
}

impl Params {
    /// The names of the parameters.
    pub const FIELDS: [&'static str; 4] = ["type", "appid", "prepay_id", "partnerid"];

    /// Reads the parameters.
    ///
    /// - `opener` is `jsapi`, `miniprogram` or `app`.
    /// - `appid` is the one in the order.
    /// - `prepay_id` is the one that the order's call returned: 1 to 64 visible ASCII characters.
    ///   It is valid for two hours.
    /// - `partnerid` is only for an app: 1 to 32 digits. A partner gives it if its order names
    ///   another merchant than the one that signs.
    ///
    /// # Errors
    /// [`Error::Validation`] for `type`, `appid`, `prepay_id` or `partnerid`.
    pub fn parse(
        opener: &str,
        appid: &str,
        prepay_id: &str,
        partnerid: Option<&str>,
    ) -> Result<Self, Error> {
        let opener = match opener {
            "jsapi" => Opener::Jsapi,
            "miniprogram" => Opener::MiniProgram,
            "app" => Opener::App {
                partnerid: partnerid.map(parse_partnerid).transpose()?,
            },
            _ => {
                let problem = message!("must be jsapi (a page in WeChat), miniprogram or app");
                return Err(Error::validation("type", problem));
            }
        };
        if partnerid.is_some() && !matches!(opener, Opener::App { .. }) {
            let problem = message!("is only for the type app; leave it out");
            return Err(Error::validation("partnerid", problem));
        }
        Ok(Self {
            opener,
            appid: Appid::parse(appid)?,
            prepay_id: parse_prepay_id(prepay_id)?,
        })
    }
}

fn parse_partnerid(value: &str) -> Result<String, Error> {
    let limits = Limits {
        field: "partnerid",
        longest: 32,
        allowed: |character| character.is_ascii_digit(),
        alphabet: message!("0-9"),
    };
    limits.check(value)
}

fn parse_prepay_id(value: &str) -> Result<String, Error> {
    let limits = Limits {
        field: "prepay_id",
        longest: 64,
        allowed: |character| character.is_ascii_graphic() && character != '=',
        alphabet: message!("visible ASCII without ="),
    };
    // Some SDKs require the prefix. With the prefix twice in the signed string, the cashier would
    // report only that it failed.
    if value.starts_with("prepay_id=") {
        let problem = message!("must be only the id, without prepay_id= before it");
        return Err(Error::validation("prepay_id", problem));
    }
    limits.check(value)
}

/// The string to sign, and the parameters that the signature is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    message: Vec<u8>,
    members: Vec<(&'static str, String)>,
    signature: &'static str,
}

/// Builds the parameters for this moment. Of `attempt`, only the time and the nonce are used.
#[must_use]
pub fn prepare(params: &Params, mchid: &str, attempt: &Attempt) -> Unsigned {
    let Params {
        opener,
        appid,
        prepay_id,
    } = params;
    let (appid, nonce, timestamp) = (appid.as_str(), attempt.nonce(), attempt.timestamp);
    let package = format!("prepay_id={prepay_id}");
    let message = |paid: &str| pay_message(appid, timestamp, &nonce, paid);
    if let Opener::App { partnerid } = opener {
        return Unsigned {
            message: message(prepay_id),
            members: vec![
                ("appid", appid.to_owned()),
                (
                    "partnerid",
                    partnerid.as_deref().unwrap_or(mchid).to_owned(),
                ),
                ("prepayid", prepay_id.clone()),
                ("package", "Sign=WXPay".to_owned()),
                ("noncestr", nonce),
                ("timestamp", timestamp.to_string()),
            ],
            signature: "sign",
        };
    }
    let message = message(&package);
    let mut members = vec![
        ("timeStamp", timestamp.to_string()),
        ("nonceStr", nonce),
        ("package", package),
        ("signType", "RSA".to_owned()),
    ];
    if *opener == Opener::Jsapi {
        members.insert(0, ("appId", appid.to_owned()));
    }
    Unsigned {
        message,
        members,
        signature: "paySign",
    }
}

impl Unsigned {
    /// The string to sign with RSASSA-PKCS1-v1_5, SHA-256 and the merchant's key.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The parameters with their signature: names as the front end's function spells them, and
    /// values.
    #[must_use]
    pub fn signed(mut self, signature: &[u8]) -> Vec<(&'static str, String)> {
        let signature = Base64::encode_string(signature);
        self.members.push((self.signature, signature));
        self.members
    }
}
