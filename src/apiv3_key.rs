//! The APIv3 key, which the merchant chooses on WeChat Pay's platform.

use crate::error::Error;

/// Checks an APIv3 key: the 32 bytes of an AES-256 key, typed by a person as 32 characters.
///
/// No call of this version uses it, so nothing keeps it.
///
/// # Errors
/// [`Error::Config`] for `apiv3_key`: it is not 32 bytes long.
pub(crate) fn check_apiv3_key(key: &[u8]) -> Result<(), Error> {
    if key.len() == 32 {
        return Ok(());
    }
    let problem = format!("must be the APIv3 key, 32 bytes, not {}", key.len());
    Err(Error::config("apiv3_key", problem))
}
