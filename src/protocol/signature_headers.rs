//! The headers of WeChat Pay's signature on a response or a notification, and the verification of
//! that signature (WeChat Pay merchant documents 4012365342 and 4013053420).

use base64ct::{Base64, Encoding};

use super::certs::Certs;
use super::signature_message::response_message;
use super::signed_request::SignedRequest;
use crate::error::{PROBE, VerificationFault};
use crate::http::http_date::parse_http_date;
use crate::time::clock_skew::ClockSkew;

/// The maximum difference between a timestamp and the clock, in seconds.
const MAX_SKEW: u64 = 300;

/// The headers of a response or a notification that the protocol uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignatureHeaders {
    /// `Wechatpay-Timestamp`
    pub timestamp: Option<String>,
    /// `Wechatpay-Nonce`
    pub nonce: Option<String>,
    /// `Wechatpay-Signature`
    pub signature: Option<String>,
    /// `Wechatpay-Serial`
    pub serial: Option<String>,
    /// `Request-ID`
    pub request_id: Option<String>,
    /// `Date` of a response. It is not signed: it is only a hint that the clock is wrong.
    pub date: Option<String>,
    /// `Retry-After` of a response. It is not signed either.
    pub retry_after: Option<String>,
    /// `Content-Type` of a response, which only an error shows.
    pub content_type: Option<String>,
}

impl SignatureHeaders {
    /// The names of a response's headers that the protocol reads, in the order in which a host reports them.
    pub const OF_RESPONSE: [&str; 8] = [
        "Wechatpay-Timestamp",
        "Wechatpay-Nonce",
        "Wechatpay-Signature",
        "Wechatpay-Serial",
        "Request-ID",
        "Date",
        "Retry-After",
        "Content-Type",
    ];

    /// How many of these a notification has: the first ones.
    pub const OF_NOTIFICATION: usize = 5;

    /// The headers that a chain's result shows where a response cannot list its own, as that of a given
    /// `fetch` may.
    pub const LISTED: [&str; 7] = [
        "content-type",
        "date",
        "request-id",
        "wechatpay-nonce",
        "wechatpay-serial",
        "wechatpay-signature",
        "wechatpay-timestamp",
    ];

    /// Reads the headers of a notification through `lookup`, which is called with the documented
    /// name of each header and must ignore case.
    ///
    /// # Errors
    /// The first error of `lookup`.
    pub fn read<E>(mut lookup: impl FnMut(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        Ok(Self {
            timestamp: lookup("Wechatpay-Timestamp")?,
            nonce: lookup("Wechatpay-Nonce")?,
            signature: lookup("Wechatpay-Signature")?,
            serial: lookup("Wechatpay-Serial")?,
            request_id: lookup("Request-ID")?,
            ..Self::default()
        })
    }

    /// The same for a response, which has more headers.
    ///
    /// # Errors
    /// The first error of `lookup`.
    pub fn read_response<E>(
        mut lookup: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Self, E> {
        Ok(Self {
            date: lookup("Date")?,
            retry_after: lookup("Retry-After")?,
            content_type: lookup("Content-Type")?,
            ..Self::read(lookup)?
        })
    }

    /// Verifies that WeChat Pay signed `body`, the raw bytes, with the key that `Wechatpay-Serial`
    /// names, and that the timestamp is within 300 s of `now` (seconds since 1970). `sent` is the
    /// request that this is the response to. An error shows no header that repeats its signature.
    ///
    /// The signature is verified before the timestamp is compared: an unverified timestamp says
    /// nothing.
    pub(crate) fn verify(
        &self,
        body: &[u8],
        certs: &Certs,
        now: u64,
        sent: Option<&SignedRequest>,
    ) -> Result<(), VerificationFault> {
        let Signing {
            signature,
            timestamp,
            nonce,
            serial,
        } = self.signing()?;
        let known = certs
            .known(serial)
            .ok_or_else(|| unknown_serial(serial, sent))?;
        let signature = Base64::decode_vec(signature).map_err(|_| VerificationFault::Invalid)?;
        if !known
            .key
            .verify(&response_message(timestamp, nonce, body), &signature)
        {
            return Err(VerificationFault::Invalid);
        }

        require_recent(timestamp, now)?;
        // The validity is checked last: only now is the clock known to be right.
        if !known.holds(now) {
            return Err(VerificationFault::OutOfDate(serial.to_owned()));
        }
        Ok(())
    }

    /// What can be decided without the body: whether the timestamp is within 300 s of `now`, whether the
    /// key is known, and valid at `now`, and whether the signature is as long as one of this key.
    pub(crate) fn check(&self, certs: &Certs, now: u64) -> Result<(), VerificationFault> {
        let Signing {
            signature,
            timestamp,
            serial,
            ..
        } = self.signing()?;
        require_recent(timestamp, now)?;
        let known = certs
            .known(serial)
            .ok_or_else(|| unknown_serial(serial, None))?;
        if !known.holds(now) {
            return Err(VerificationFault::OutOfDate(serial.to_owned()));
        }
        Base64::decode_vec(signature)
            .ok()
            .filter(|signature| signature.len() == known.key.bytes())
            .map(drop)
            .ok_or(VerificationFault::Invalid)
    }

    /// The four headers that the verification needs; a fault if one of them is missing or contains
    /// a control character, or if the signature is WeChat Pay's probe.
    pub(crate) fn signing(&self) -> Result<Signing<'_>, VerificationFault> {
        let signing = Signing {
            signature: present(self.signature.as_deref(), "Wechatpay-Signature")?,
            timestamp: present(self.timestamp.as_deref(), "Wechatpay-Timestamp")?,
            nonce: present(self.nonce.as_deref(), "Wechatpay-Nonce")?,
            serial: present(self.serial.as_deref(), "Wechatpay-Serial")?,
        };
        // It can never be valid, whatever key it names.
        if signing.signature.starts_with(PROBE) {
            return Err(VerificationFault::Probe);
        }
        Ok(signing)
    }

    /// How far the clock that says `now` is off, according to the response's `Date`.
    pub(crate) fn clock_skew(&self, now: u64) -> Option<ClockSkew> {
        let date = parse_http_date(self.date.as_deref()?)?;
        ClockSkew::between(date, now)
    }

    /// The same in seconds, where it is worth telling although nothing has failed.
    pub(crate) fn notable_skew(&self, now: u64) -> Option<i64> {
        let date = parse_http_date(self.date.as_deref()?)?;
        ClockSkew::notable(date, now).map(|skew| skew.0)
    }

    /// How many seconds `Retry-After` asks to wait. The header contains seconds or a date.
    pub(crate) fn retry_after(&self, now: u64) -> Option<u64> {
        let text = self.retry_after.as_deref()?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number too large to parse means the longest possible time.
            return Some(text.parse().unwrap_or(u64::MAX));
        }
        // Compare with the `Date` of the same server if it is known.
        let date = self.date.as_deref().and_then(parse_http_date);
        Some(parse_http_date(text)?.saturating_sub(date.unwrap_or(now)))
    }

    /// The `Request-ID`, if an error may show it.
    pub(crate) fn request_id(&self, sent: Option<&SignedRequest>) -> Option<String> {
        self.request_id.as_deref().and_then(|text| id(text, sent))
    }
}

/// The headers that the verification needs. None of them is missing.
pub(crate) struct Signing<'h> {
    signature: &'h str,
    timestamp: &'h str,
    nonce: &'h str,
    serial: &'h str,
}

fn unknown_serial(serial: &str, sent: Option<&SignedRequest>) -> VerificationFault {
    let shown = id(serial, sent);
    VerificationFault::UnknownSerial(shown.unwrap_or_default())
}

/// An unverified header that has the form of an id: up to 128 visible ASCII characters, and no part
/// of the request's signature.
fn id(text: &str, sent: Option<&SignedRequest>) -> Option<String> {
    let plausible = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    let repeats = sent.is_some_and(|sent| sent.is_repeated_in(text));
    (plausible && !repeats).then(|| text.to_owned())
}

fn present<'h>(value: Option<&'h str>, name: &'static str) -> Result<&'h str, VerificationFault> {
    let value = value
        .filter(|value| !value.is_empty())
        .ok_or(VerificationFault::Missing(name))?;
    // With a line feed in it, the nonce would take the first lines of the body that was signed.
    if value.chars().any(char::is_control) {
        return Err(VerificationFault::Malformed(name));
    }
    Ok(value)
}

fn require_recent(timestamp: &str, now: u64) -> Result<(), VerificationFault> {
    // `str::parse` would accept a sign.
    let is_digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: Option<u64> = timestamp.parse().ok().filter(|_| is_digits);
    let seconds = seconds.ok_or(VerificationFault::Invalid)?;
    if seconds.abs_diff(now) > MAX_SKEW {
        return Err(VerificationFault::Skew(difference(seconds, now)));
    }
    Ok(())
}

fn difference(one: u64, other: u64) -> i64 {
    let distance = i64::try_from(one.abs_diff(other)).unwrap_or(i64::MAX);
    if one < other { -distance } else { distance }
}
