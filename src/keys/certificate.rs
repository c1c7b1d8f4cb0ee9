//! X.509 certificates (RFC 5280, section 4.1), as far as the protocol reads them: the serial number
//! that identifies the key, the validity, the subject's common name, and the key.
//!
//! A platform certificate is trusted because the merchant put it into `certs`, not because of its
//! issuer. The fields that a chain of trust would need are skipped.

use super::algorithm_identifier::Algorithm;
use super::der::{BIT_STRING, OBJECT_IDENTIFIER, Reader, SET, explicit};
use super::public_key::SubjectPublicKeyInfo;

/// How the labels of its PEM end.
pub(crate) const KIND: &str = "CERTIFICATE";

/// id-at-commonName, 2.5.4.3 (RFC 5280, appendix A.1).
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];

/// The parts of a certificate that the protocol uses, borrowed from its DER.
pub(crate) struct Certificate<'a> {
    serial: &'a [u8],
    /// When it may be used.
    pub validity: Validity,
    /// The content of the subject's name.
    subject: &'a [u8],
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
        let (_, subject) = fields.any()?;
        let public_key = SubjectPublicKeyInfo::read(fields)?;
        // Unique identifiers and extensions.
        fields.skip()?;
        Some(Self {
            serial,
            validity,
            subject,
            public_key,
        })
    }

    /// The subject's common name; `None` if it has none, or if its name has another form.
    ///
    /// `RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }`
    pub(crate) fn common_name(&self) -> Option<&'a [u8]> {
        let mut names = Reader::new(self.subject);
        loop {
            let mut attributes = Reader::new(names.content(SET)?);
            while attributes.end().is_none() {
                let (kind, value) = attributes.sequence(|fields| {
                    Some((fields.content(OBJECT_IDENTIFIER)?, fields.any()?.1))
                })?;
                if kind == COMMON_NAME {
                    return Some(value);
                }
            }
        }
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
