//! X.509 certificates (RFC 5280, section 4.1), as far as the protocol reads them: the serial number
//! that identifies the key, the validity, and the key.
//!
//! A platform certificate is trusted because the merchant put it into `certs`, not because of its
//! issuer. The fields that a chain of trust would need are skipped.

use super::algorithm_identifier::Algorithm;
use super::der::{BIT_STRING, Reader, explicit};
use super::public_key::SubjectPublicKeyInfo;

/// How the labels of its PEM end.
pub(crate) const KIND: &str = "CERTIFICATE";

/// The parts of a certificate that the protocol uses, borrowed from its DER.
pub(crate) struct Certificate<'a> {
    serial: &'a [u8],
    /// When it may be used.
    pub validity: Validity,
    /// The key that the certificate certifies.
    pub public_key: SubjectPublicKeyInfo<'a>,
}

impl<'a> Certificate<'a> {
    /// Reads one certificate, which must be all of `der`.
    ///
    /// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }`
    pub(crate) fn from_der(der: &'a [u8]) -> Option<Self> {
        Reader::whole(der, |fields| {
            let certificate = fields.sequence(Self::to_be_signed)?;
            Algorithm::read(fields)?;
            fields.bits(BIT_STRING)?;
            Some(certificate)
        })
    }

    /// `TBSCertificate`, whose fields have this order. The optional fields are skipped.
    fn to_be_signed(fields: &mut Reader<'a>) -> Option<Self> {
        if fields.next_has_tag(explicit(0)) {
            let _version = fields.within(explicit(0), Reader::small)?;
        }
        let serial = fields.unsigned()?;
        Algorithm::read(fields)?;
        let _issuer = fields.any()?;
        let validity = fields.sequence(|ends| {
            Some(Validity {
                not_before: ends.time()?,
                not_after: ends.time()?,
            })
        })?;
        let _subject = fields.any()?;
        let public_key = SubjectPublicKeyInfo::read(fields)?;
        // Unique identifiers and extensions.
        fields.skip()?;
        Some(Self {
            serial,
            validity,
            public_key,
        })
    }

    /// The serial number in the form of WeChat Pay and OpenSSL: upper-case hexadecimal.
    pub(crate) fn serial(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for byte in self.serial {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02X}");
        }
        text
    }
}

/// When a certificate is valid: both ends included, in seconds since 1970 (RFC 5280, section
/// 4.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub not_before: u64,
    pub not_after: u64,
}

impl Validity {
    pub(crate) fn holds(self, now: u64) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }
}
