//! `detail.sign_information` of a `SIGN_ERROR`: what WeChat Pay shows of the string that it expected to be
//! signed.

use crate::json::Json;

/// What the detail of a `SIGN_ERROR` tells of the string that WeChat Pay expected.
pub(super) struct SignInformation {
    /// Its beginning. Where it is cut, a line feed follows the cut all the same, and a character
    /// that was cut through stands as U+FFFD.
    truncated_sign_message: String,
    /// Its length in bytes.
    sign_message_length: Option<usize>,
}

/// How much of either string is shown from where they part, in characters.
const SHOWN: usize = 24;

impl SignInformation {
    pub(super) fn read(detail: Json<'_>) -> Option<Self> {
        let detail = detail.object().ok()?;
        let information = detail.member("sign_information").ok()??.object().ok()?;
        Some(Self {
            truncated_sign_message: information.text("truncated_sign_message").ok()?,
            sign_message_length: match information.member("sign_message_length").ok()? {
                Some(length) => Some(length.number()?),
                None => None,
            },
        })
    }

    /// As much of the expected string as is certain.
    fn beginning(&self) -> &str {
        let shown = self.truncated_sign_message.as_str();
        match self.sign_message_length {
            Some(length) if length <= shown.len() => shown,
            _ => shown
                .strip_suffix('\n')
                .unwrap_or(shown)
                .trim_end_matches('\u{fffd}'),
        }
    }

    /// Where the expected string parts from the one that was signed, in words.
    pub(super) fn difference(&self, signed: &[u8]) -> String {
        let expected = self.beginning();
        let signed_length = signed.len();
        let signed = String::from_utf8_lossy(signed);
        let same: String = expected
            .chars()
            .zip(signed.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one)
            .collect();
        if same.len() < expected.len() {
            let line = same.matches('\n').count() + 1;
            let character = same.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let part = |whole: &str| -> String {
                whole
                    .get(same.len()..)
                    .unwrap_or_default()
                    .chars()
                    .take(SHOWN)
                    .collect()
            };
            return format!(
                "the string that WeChat Pay expected parts from the one that was signed in line \
                 {line} at character {character}: expected {:?}, signed {:?}",
                part(expected),
                part(&signed)
            );
        }
        let length = same.chars().count();
        match self.sign_message_length {
            Some(expected_length) if expected_length != signed_length => format!(
                "the string that WeChat Pay expected begins as the one that was signed, in all \
                 {length} characters that it shows, but has {expected_length} bytes where \
                 {signed_length} were signed: the body was changed on the way"
            ),
            _ => format!(
                "the string that WeChat Pay expected is the one that was signed, in all {length} \
                 characters that it shows: check that the private key belongs to the certificate with \
                 this serial"
            ),
        }
    }
}
