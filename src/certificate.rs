//! X.509 certificates (RFC 5280, section 4.1), as far as the protocol reads them: the serial number
//! that names the key, the time for which it holds, and the key.
//!
//! A platform certificate is trusted because the merchant put it into `certs`, not because of who
//! signed it; the fields that a chain of trust would need are walked over.

use der::asn1::{BitStringRef, ContextSpecific, GeneralizedTime, UintRef, UtcTime};
use der::{AnyRef, Decode, DecodeValue, Header, Reader, Tag, TagNumber};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

/// A certificate's parts that the protocol uses, borrowed from its DER.
pub(crate) struct Certificate<'a> {
    serial: UintRef<'a>,
    /// When it may be used.
    pub validity: Validity,
    /// The key that the certificate speaks of.
    pub public_key: SubjectPublicKeyInfoRef<'a>,
}

impl<'a> Certificate<'a> {
    /// Reads one certificate, from its first byte to its last.
    pub(crate) fn from_der(der: &'a [u8]) -> der::Result<Self> {
        Ok(Signed::from_der(der)?.0)
    }

    /// The serial number as WeChat Pay and OpenSSL write it: upper-case hexadecimal.
    pub(crate) fn serial(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for byte in self.serial.as_bytes() {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02X}");
        }
        text
    }
}

/// The time for which a certificate holds, both ends included, in seconds since 1970 (RFC 5280,
/// section 4.1.2.5).
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

impl der::FixedTag for Validity {
    const TAG: Tag = Tag::Sequence;
}

impl<'a> DecodeValue<'a> for Validity {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, _: Header) -> der::Result<Self> {
        Ok(Self {
            not_before: time(reader)?,
            not_after: time(reader)?,
        })
    }
}

/// `Time ::= CHOICE { utcTime, generalTime }`: up to 2049, and from 2050 on.
fn time<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<u64> {
    let since_1970 = match Tag::peek(reader)? {
        Tag::UtcTime => UtcTime::decode(reader)?.to_unix_duration(),
        _ => GeneralizedTime::decode(reader)?.to_unix_duration(),
    };
    Ok(since_1970.as_secs())
}

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }`
struct Signed<'a>(Certificate<'a>);

impl der::FixedTag for Signed<'_> {
    const TAG: Tag = Tag::Sequence;
}

impl<'a> DecodeValue<'a> for Signed<'a> {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, _: Header) -> der::Result<Self> {
        let ToBeSigned(certificate) = reader.decode()?;
        AlgorithmIdentifierRef::decode(reader)?;
        BitStringRef::decode(reader)?;
        Ok(Self(certificate))
    }
}

/// `TBSCertificate`, whose fields stand in this order and none of whose optional ones is read.
struct ToBeSigned<'a>(Certificate<'a>);

impl der::FixedTag for ToBeSigned<'_> {
    const TAG: Tag = Tag::Sequence;
}

impl<'a> DecodeValue<'a> for ToBeSigned<'a> {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, _: Header) -> der::Result<Self> {
        let _version: Option<ContextSpecific<u8>> =
            ContextSpecific::decode_explicit(reader, TagNumber(0))?;
        let serial = reader.decode()?;
        AlgorithmIdentifierRef::decode(reader)?;
        let _issuer = AnyRef::decode(reader)?;
        let validity = reader.decode()?;
        let _subject = AnyRef::decode(reader)?;
        let public_key = reader.decode()?;
        while !reader.is_finished() {
            let _unique_ids_and_extensions = AnyRef::decode(reader)?;
        }
        Ok(Self(Certificate {
            serial,
            validity,
            public_key,
        }))
    }
}
