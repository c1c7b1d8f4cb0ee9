//! A platform certificate of WeChat Pay's (WeChat Pay merchant document 4012068814).

use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::keys::certificate::Validity;

/// A platform certificate that WeChat Pay gave out. Whoever holds one holds a key that parsed.
#[derive(Debug, Clone)]
pub struct PlatformCertificate {
    /// Its serial number, which responses name it by: upper-case hexadecimal.
    pub serial_no: String,
    /// From when it may be used, as WeChat Pay wrote it: RFC 3339.
    pub effective_time: String,
    /// Until when, as WeChat Pay wrote it: RFC 3339.
    pub expire_time: String,
    /// The certificate itself, in PEM.
    pub certificate: String,
    pub(crate) key: PublicKey,
    pub(crate) validity: Validity,
}

impl PlatformCertificate {
    /// Whether it may be used at `now`, in seconds since 1970, by what the certificate itself says.
    #[must_use]
    pub fn holds(&self, now: u64) -> bool {
        self.validity.holds(now)
    }
}
