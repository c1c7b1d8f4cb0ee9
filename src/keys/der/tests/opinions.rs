//! What this crate and the other crates read from a document.

use ::der::asn1::{
    BitStringRef, ContextSpecific, GeneralizedTime, ObjectIdentifier, OctetStringRef, UintRef,
    UtcTime,
};
use ::der::{AnyRef, Decode, ErrorKind, Reader as _, SliceReader, Tag, TagNumber};
use pkcs8::PrivateKeyInfoRef;
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use crate::keys::algorithm_identifier::Algorithm;
use crate::keys::certificate::Certificate;
use crate::keys::private_key::{PrivateKeyInfo, RsaPrivateKey, is_encrypted_pkcs8, is_sec1};
use crate::keys::public_key::SubjectPublicKeyInfo;

/// Everything that was read, in order.
type Read = (Option<Algorithm>, Vec<Vec<u8>>, Vec<u64>);

/// For each kind of document: whether this crate accepts it, and what it reads.
pub(super) fn ours(der: &[u8]) -> [Option<Read>; 6] {
    let spki = |info: &SubjectPublicKeyInfo<'_>| {
        let (key, unused) = info.key;
        let numbers = info.rsa_numbers().into_iter().flatten();
        let mut read = vec![key.to_vec(), vec![unused]];
        read.extend(numbers.map(<[u8]>::to_vec));
        (Some(info.algorithm), read, vec![])
    };
    [
        RsaPrivateKey::read(der).map(|key| {
            let parts = key.components;
            let numbers = [
                key.modulus,
                key.public_exponent,
                parts.private_exponent,
                parts.primes[0],
                parts.primes[1],
                parts.exponents[0],
                parts.exponents[1],
                parts.coefficient,
            ];
            let multi_prime = u64::from(key.multi_prime);
            (
                None,
                numbers.map(<[u8]>::to_vec).to_vec(),
                vec![multi_prime],
            )
        }),
        PrivateKeyInfo::read(der).map(|info| {
            (
                Some(info.algorithm),
                vec![info.private_key.to_vec()],
                vec![],
            )
        }),
        SubjectPublicKeyInfo::from_der(der).map(|info| spki(&info)),
        Certificate::from_der(der).map(|certificate| {
            let (algorithm, mut read, _) = spki(&certificate.public_key);
            read.push(certificate.serial().into_bytes());
            let validity = certificate.validity;
            (
                algorithm,
                read,
                vec![validity.not_before, validity.not_after],
            )
        }),
        is_sec1(der).then(Read::default),
        is_encrypted_pkcs8(der).then(Read::default),
    ]
}

#[derive(Debug)]
pub(super) enum Theirs {
    Accepted(Read),
    Refused,
    /// Rejected because of the arcs of an OBJECT IDENTIFIER.
    OddName,
}

/// The same for the other crates.
pub(super) fn theirs(der: &[u8]) -> [Theirs; 6] {
    [
        pkcs1(der),
        pkcs8(der),
        SubjectPublicKeyInfoRef::from_der(der).map(|info| spki(&info)),
        certificate(der),
        begins_as(der, |reader| {
            u8::decode(reader)?;
            <&OctetStringRef>::decode(reader).map(drop)
        }),
        begins_as(der, |reader| {
            AlgorithmIdentifierRef::decode(reader)?;
            <&OctetStringRef>::decode(reader).map(drop)
        }),
    ]
    .map(|read| match read {
        Ok(read) => Theirs::Accepted(read),
        Err(error) => match error.kind() {
            ErrorKind::OidMalformed
            | ErrorKind::Length {
                tag: Tag::ObjectIdentifier,
            } => Theirs::OddName,
            _ => Theirs::Refused,
        },
    })
}

fn algorithm(oid: ObjectIdentifier) -> Algorithm {
    // Compare the bytes as they are: an arc may be written in more bytes than necessary.
    if oid == ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1") {
        Algorithm::Rsa
    } else if oid == ObjectIdentifier::new_unwrap("1.2.840.10045.2.1") {
        Algorithm::EllipticCurves
    } else {
        Algorithm::Other
    }
}

fn pkcs1(der: &[u8]) -> ::der::Result<Read> {
    let key = pkcs1::RsaPrivateKeyRef::from_der(der)?;
    let numbers = [
        key.modulus,
        key.public_exponent,
        key.private_exponent,
        key.prime1,
        key.prime2,
        key.exponent1,
        key.exponent2,
        key.coefficient,
    ];
    Ok((
        None,
        numbers.map(|number| number.as_bytes().to_vec()).to_vec(),
        vec![u64::from(key.other_prime_infos.is_some())],
    ))
}

fn pkcs8(der: &[u8]) -> ::der::Result<Read> {
    let info = PrivateKeyInfoRef::from_der(der)?;
    let key = info.private_key.as_bytes().to_vec();
    Ok((Some(algorithm(info.algorithm.oid)), vec![key], vec![]))
}

fn spki(info: &SubjectPublicKeyInfoRef<'_>) -> Read {
    let bits = info.subject_public_key;
    let mut read = vec![bits.raw_bytes().to_vec(), vec![bits.unused_bits()]];
    let key = bits
        .as_bytes()
        .and_then(|bits| pkcs1::RsaPublicKeyRef::from_der(bits).ok());
    if let Some(key) = key {
        read.push(key.modulus.as_bytes().to_vec());
        read.push(key.public_exponent.as_bytes().to_vec());
    }
    (Some(algorithm(info.algorithm.oid)), read, vec![])
}

fn certificate(der: &[u8]) -> ::der::Result<Read> {
    AnyRef::from_der(der)?.sequence(|reader| {
        let read = reader.sequence(to_be_signed)?;
        AlgorithmIdentifierRef::decode(reader)?;
        BitStringRef::decode(reader)?;
        Ok(read)
    })
}

fn to_be_signed(reader: &mut SliceReader<'_>) -> ::der::Result<Read> {
    let _version: Option<ContextSpecific<u8>> =
        ContextSpecific::decode_explicit(reader, TagNumber(0))?;
    let serial = UintRef::decode(reader)?;
    AlgorithmIdentifierRef::decode(reader)?;
    let _issuer = AnyRef::decode(reader)?;
    let validity =
        reader.sequence(|reader| Ok::<_, ::der::Error>([time(reader)?, time(reader)?]))?;
    let _subject = AnyRef::decode(reader)?;
    let public_key = SubjectPublicKeyInfoRef::decode(reader)?;
    while !reader.is_finished() {
        let _unique_ids_and_extensions = AnyRef::decode(reader)?;
    }
    let (algorithm, mut read, _) = spki(&public_key);
    let digits = serial.as_bytes().iter().map(|byte| format!("{byte:02X}"));
    read.push(digits.collect::<String>().into_bytes());
    Ok((algorithm, read, validity.to_vec()))
}

fn time(reader: &mut SliceReader<'_>) -> ::der::Result<u64> {
    let since_1970 = match Tag::peek(reader)? {
        Tag::UtcTime => UtcTime::decode(reader)?.to_unix_duration(),
        _ => GeneralizedTime::decode(reader)?.to_unix_duration(),
    };
    Ok(since_1970.as_secs())
}

fn begins_as(
    der: &[u8],
    read: impl FnOnce(&mut SliceReader<'_>) -> ::der::Result<()>,
) -> ::der::Result<Read> {
    AnyRef::from_der(der)?.sequence(|reader| {
        read(reader)?;
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(Read::default())
    })
}
