//! WeChat Pay's keys that this merchant trusts, by the id or serial number that a response names.

use super::known_key::{KeyId, Known};
use super::merchant::Merchant;
use super::platform_certificate::PlatformCertificate;
use crate::crypto::rsassa_pkcs1_v1_5::{Kernel, PublicKey};
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::error::untrusted_text::named;

const OPTION: &str = "certs";

/// WeChat Pay's public keys and platform certificates, in the order in which they were given.
///
/// Both kinds can be used together: while a merchant moves from certificates to public keys, WeChat
/// Pay signs with either.
#[derive(Debug, Clone)]
pub struct Certs {
    keys: Vec<Known>,
    kernel: Option<Kernel>,
}

impl Certs {
    /// Reads the keys that verify responses: for each an id (`PUB_KEY_ID_…`, or the serial number
    /// of a platform certificate) and its PEM or DER.
    ///
    /// `merchant` is needed because the most common mistake is to give the merchant's own
    /// certificate here.
    ///
    /// # Errors
    /// [`Error::Config`] for `certs`, which names the entry: there is no entry, an id is not valid,
    /// an id is given twice, the content is not a key of WeChat Pay's, a certificate has another
    /// serial number than its id, or a bare public key has the serial number of a certificate.
    pub fn parse<Id: AsRef<str>, Key: AsRef<[u8]>>(
        entries: impl IntoIterator<Item = (Id, Key)>,
        merchant: &Merchant,
    ) -> Result<Self, Error> {
        let certs = Self::parse_some(entries, merchant)?;
        if certs.is_empty() {
            return Err(Error::config(
                OPTION,
                message!(
                    "is empty; responses cannot be verified without a WeChat Pay public key \
                 (PUB_KEY_ID_…) or platform certificate"
                ),
            ));
        }
        Ok(certs)
    }

    /// The same, for a client that can also download keys from WeChat Pay later: there may be no
    /// entry.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), except that no entry at all is accepted.
    pub fn parse_some<Id: AsRef<str>, Key: AsRef<[u8]>>(
        entries: impl IntoIterator<Item = (Id, Key)>,
        merchant: &Merchant,
    ) -> Result<Self, Error> {
        let mut keys: Vec<Known> = Vec::new();
        for (id, key) in entries {
            let id = id.as_ref();
            let refused = |problem: Message| Error::config(OPTION, problem);
            let key_id = KeyId::parse(id).ok_or_else(|| {
                refused(message!(
                    "{} is neither the id of a WeChat Pay public key (PUB_KEY_ID_…) nor the serial \
                     number of a platform certificate (hexadecimal)",
                    named(id)
                ))
            })?;
            if key_id.is(merchant.serial()) {
                return Err(refused(message!(
                    "{} is the merchant's own serial; WeChat Pay's public key (PUB_KEY_ID_…) or \
                     platform certificate belongs here",
                    id
                )));
            }
            if keys.iter().any(|known| known.id.is(id)) {
                return Err(refused(message!("{} is given twice", id)));
            }
            let mut known = Known::read(key_id, key.as_ref())
                .map_err(|problem| refused(message!("{} {}", id, problem)))?;
            if merchant.owns(id, &known.key) {
                return Err(refused(message!(
                    "{} contains the merchant's own key; WeChat Pay's public key (pub_key.pem) or \
                     platform certificate belongs here",
                    id
                )));
            }
            known.key.use_kernel(merchant.kernel());
            keys.push(known);
        }
        Ok(Self {
            keys,
            kernel: merchant.kernel(),
        })
    }

    /// The key that a response's `Wechatpay-Serial` names, whether it is still valid or not.
    #[must_use]
    pub fn key(&self, named: &str) -> Option<&PublicKey> {
        self.known(named).map(|known| &known.key)
    }

    pub(crate) fn known(&self, named: &str) -> Option<&Known> {
        self.keys.iter().find(|known| known.id.is(named))
    }

    /// Whether there is a key that is valid at `now`, in seconds since 1970.
    #[must_use]
    pub fn hold(&self, now: u64) -> bool {
        self.keys.iter().any(|known| known.holds(now))
    }

    /// The ids of all keys, in the order in which they were given.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|known| match &known.id {
            KeyId::PublicKey(id) | KeyId::Certificate(id) => id.as_str(),
        })
    }

    /// The first id of a WeChat Pay public key. It is sent with every request as `Wechatpay-Serial`
    /// and asks WeChat Pay to sign the response with that key. Without it, WeChat Pay signs with a
    /// platform certificate.
    #[must_use]
    pub fn public_key_id(&self) -> Option<&str> {
        self.keys.iter().find_map(|known| match &known.id {
            KeyId::PublicKey(id) => Some(id.as_str()),
            KeyId::Certificate(_) => None,
        })
    }

    /// The key that encrypts fields for WeChat Pay at `now` (seconds since 1970), and its id: the
    /// first public key, or else the certificate that is valid for the longest time.
    ///
    /// # Errors
    /// [`Error::Config`] for `certs` if there is neither. An expired certificate is never chosen.
    pub fn encryption_key(&self, now: u64) -> Result<(&str, &PublicKey), Error> {
        // In reverse, because `max_by_key` returns the last of equal elements, and the first is
        // wanted.
        let usable = self.keys.iter().rev().filter(|known| known.holds(now));
        let until = |known: &&Known| {
            known
                .validity
                .map_or(u64::MAX, |validity| validity.not_after)
        };
        let best = usable.max_by_key(until).ok_or_else(|| {
            Error::config(
                OPTION,
                message!(
                    "has no key to encrypt with: no WeChat Pay public key (PUB_KEY_ID_…), and no \
                 platform certificate that is valid now"
                ),
            )
        })?;
        let (KeyId::PublicKey(id) | KeyId::Certificate(id)) = &best.id;
        Ok((id, &best.key))
    }

    /// Whether there is no key at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// These keys and `certificates`. No certificate replaces a key: one whose serial number is known
    /// is left out.
    #[must_use]
    pub(crate) fn with(&self, certificates: &[PlatformCertificate]) -> Self {
        let mut keys = self.keys.clone();
        for certificate in certificates {
            if keys.iter().any(|known| known.id.is(&certificate.serial_no)) {
                continue;
            }
            let mut key = certificate.key.clone();
            key.use_kernel(self.kernel);
            keys.push(Known {
                id: KeyId::Certificate(certificate.serial_no.clone()),
                key,
                validity: Some(certificate.validity),
            });
        }
        Self {
            keys,
            kernel: self.kernel,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::certificate::Validity;

    const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    const PUBLIC_KEY: &str = "PUB_KEY_ID_01";
    /// 2018-01-01 and 2118-01-01, both at 00:00:00 UTC: UTCTime and GeneralizedTime.
    const NOT_BEFORE: u64 = 1_514_764_800;
    const NOT_AFTER: u64 = 4_670_438_400;

    fn certs(entries: &[(&str, &[u8])]) -> Certs {
        let merchant = Merchant::with_remote_signer("1900007291", "408B").expect("parses");
        Certs::parse(entries.iter().copied(), &merchant).expect("parses")
    }

    #[test]
    fn a_certificate_is_valid_only_for_its_time() {
        let certs = certs(&[(SERIAL, include_bytes!("../../tests/keys/platform.cert.pem"))]);
        for (now, holds) in [
            (NOT_BEFORE - 1, false),
            (NOT_BEFORE, true),
            (NOT_AFTER, true),
            (NOT_AFTER + 1, false),
        ] {
            assert_eq!(certs.hold(now), holds, "{now}");
            assert_eq!(certs.encryption_key(now).is_ok(), holds, "{now}");
            assert!(certs.key(SERIAL).is_some());
        }
    }

    #[test]
    fn encryption_uses_the_public_key_or_a_valid_certificate() {
        let both = certs(&[
            (SERIAL, include_bytes!("../../tests/keys/platform.cert.pem")),
            (
                PUBLIC_KEY,
                include_bytes!("../../tests/keys/wechatpay.spki.pem"),
            ),
            (
                "PUB_KEY_ID_02",
                include_bytes!("../../tests/keys/wechatpay.spki.pem"),
            ),
        ]);
        for now in [0, NOT_BEFORE, u64::MAX] {
            let (id, _) = both.encryption_key(now).expect("is there");
            assert_eq!(id, PUBLIC_KEY);
        }
        let certificate = certs(&[(SERIAL, include_bytes!("../../tests/keys/platform.cert.pem"))]);
        // A certificate that begins later and ends earlier.
        let mut two = certificate.clone();
        two.keys.extend(certificate.keys.iter().map(|known| Known {
            id: KeyId::Certificate("5157".to_owned()),
            validity: Some(Validity {
                not_before: NOT_BEFORE + 1,
                not_after: NOT_AFTER - 1,
            }),
            key: known.key.clone(),
        }));
        for _ in 0..2 {
            two.keys.reverse();
            let (id, _) = two.encryption_key(NOT_BEFORE + 1).expect("is there");
            assert_eq!(id, SERIAL);
        }
        let (id, key) = certificate.encryption_key(NOT_BEFORE).expect("is there");
        assert_eq!(id, SERIAL);
        assert_eq!(Some(key), certificate.key(SERIAL));
    }
}
