//! The Authorization header (WeChat Pay merchant document 4012365336).

use base64ct::{Base64, Encoding};

use super::merchant::Merchant;

/// The scheme: RSASSA-PKCS1-v1_5 with SHA-256.
const SCHEME: &str = "WECHATPAY2-SHA256-RSA2048";

/// The header's value. Nothing in it needs escaping: it contains only digits, hexadecimal and
/// base64.
pub(crate) fn authorization(
    merchant: &Merchant,
    timestamp: u64,
    nonce: &str,
    signature: &[u8],
) -> String {
    let (mchid, serial) = (merchant.mchid(), merchant.serial());
    let signature = Base64::encode_string(signature);
    format!(
        "{SCHEME} mchid=\"{mchid}\",nonce_str=\"{nonce}\",signature=\"{signature}\",\
         timestamp=\"{timestamp}\",serial_no=\"{serial}\""
    )
}
