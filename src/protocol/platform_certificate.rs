//! A platform certificate of WeChat Pay (WeChat Pay merchant document 4012068814).

use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::keys::certificate::Validity;

/// A platform certificate that WeChat Pay returned. Its key was parsed.
#[derive(Debug, Clone)]
pub struct PlatformCertificate {
    /// Its serial number, which responses name, in upper-case hexadecimal.
    pub serial_no: String,
    /// The time from which it is valid, as WeChat Pay wrote it: RFC 3339.
    pub effective_time: String,
    /// The time until which it is valid, as WeChat Pay wrote it: RFC 3339.
    pub expire_time: String,
    /// The certificate itself, in PEM.
    pub certificate: String,
    pub(crate) key: PublicKey,
    pub(crate) validity: Validity,
}

impl PlatformCertificate {
    /// Its members, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("serial_no", Some(&self.serial_no)),
            ("effective_time", Some(&self.effective_time)),
            ("expire_time", Some(&self.expire_time)),
            ("certificate", Some(&self.certificate)),
        ]
    }

    /// Whether it is valid at `now`, in seconds since 1970, according to the certificate itself.
    #[must_use]
    pub fn holds(&self, now: u64) -> bool {
        self.validity.holds(now)
    }
}
