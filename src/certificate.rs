//! X.509 certificates (RFC 5280, section 4.1), as far as the protocol reads them: the serial number
//! that names the key, and the key.
//!
//! A platform certificate is trusted because the merchant put it into `certs`, not because of who
//! signed it; the fields that a chain of trust would need are walked over.

use der::asn1::{BitStringRef, ContextSpecific, UintRef};
use der::{AnyRef, Decode, DecodeValue, Header, Reader, Tag, TagNumber};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

/// A certificate's parts that the protocol uses, borrowed from its DER.
pub(crate) struct Certificate<'a> {
    serial: UintRef<'a>,
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
        let _validity = AnyRef::decode(reader)?;
        let _subject = AnyRef::decode(reader)?;
        let public_key = reader.decode()?;
        while !reader.is_finished() {
            let _unique_ids_and_extensions = AnyRef::decode(reader)?;
        }
        Ok(Self(Certificate { serial, public_key }))
    }
}
