//! `detail.sign_information` of a `SIGN_ERROR`: the part of the expected string that WeChat Pay
//! shows.

use crate::error::message::{Message, message};
use crate::error::untrusted_text::prints;
use crate::json::Json;

/// What the detail of a `SIGN_ERROR` shows of the string that WeChat Pay expected to be signed.
pub(super) struct SignInformation {
    /// The beginning of the string. If it is truncated, a line feed still follows, and a character
    /// that was cut in half is U+FFFD.
    truncated_sign_message: String,
    /// The length of the string in bytes.
    sign_message_length: Option<usize>,
}

/// What to do where the string is right, or where WeChat Pay does not say.
pub(super) const BELONG_TOGETHER: Message = message!(
    "check that the private key belongs to the certificate with \
     this serial, and the certificate to this mchid: `openssl x509 -in apiclient_cert.pem -noout -serial \
     -subject` shows both"
);

/// How many characters of each string an error shows from the first difference on.
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

    /// The part of the expected string that is certain.
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

    /// Where the expected string differs from the signed one, as text.
    pub(super) fn difference(&self, signed: &[u8]) -> Message {
        let expected = self.beginning();
        let signed_length = signed.len();
        let signed = beginning_in_utf8(signed);
        let same = expected.chars().zip(signed.chars());
        let same = same.take_while(|(one, other)| one == other);
        let same_length = same.map(|(one, _)| one.len_utf8()).sum();
        let (same, rest) = expected.split_at(same_length);
        if !rest.is_empty() {
            let line = same.matches('\n').count() + 1;
            let character = same.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let (_, signed_rest) = signed.split_at(same_length);
            return message!(
                "the string that WeChat Pay expected differs from the signed string in line \
                 {} at character {}: expected {}, signed {}",
                line,
                character,
                quoted(rest.chars().take(SHOWN)),
                quoted(signed_rest.chars().take(SHOWN))
            );
        }
        let length = same.chars().count();
        match self.sign_message_length {
            Some(expected_length) if expected_length != signed_length => message!(
                "the string that WeChat Pay expected is the same as the signed string in all \
                 {} characters that WeChat Pay shows, but it has {} bytes, and \
                 {} bytes were signed: the body was changed on the way",
                length,
                expected_length,
                signed_length
            ),
            _ => message!(
                "the string that WeChat Pay expected is the same as the signed string in all {} \
                 characters that WeChat Pay shows: {}",
                length,
                BELONG_TOGETHER
            ),
        }
    }
}

/// All of the text, or what is before the first byte that is not UTF-8.
fn beginning_in_utf8(text: &[u8]) -> &str {
    let length = std::str::from_utf8(text).map_or_else(|error| error.valid_up_to(), str::len);
    let beginning = text.get(..length).map(std::str::from_utf8);
    beginning.and_then(Result::ok).unwrap_or_default()
}

/// The text in quotes, on one line. `{:?}` would bring Unicode's tables of printable characters with it.
fn quoted(text: impl Iterator<Item = char>) -> String {
    let mut quoted = String::from("\"");
    for character in text {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0' => quoted.push_str("\\0"),
            other if prints(other) => quoted.push(other),
            other => quoted.extend(other.escape_unicode()),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{beginning_in_utf8, quoted};

    #[test]
    fn quotes_as_rust_does() {
        for text in [
            "",
            "POST\n/v3/x?a=\"b\"\n1554208460\n",
            "{\"name\":\"\u{5f20}\u{4e09} \u{1f600}\"}'\\\r\t\0",
            "\u{1b}[31m\u{7f}\u{85}\u{200b}\u{2028}\u{202e}\u{feff}",
        ] {
            assert_eq!(quoted(text.chars()), format!("{text:?}"));
        }
    }

    #[test]
    fn reads_up_to_what_is_not_text() {
        for (bytes, text) in [
            ("".as_bytes(), ""),
            ("a\n支".as_bytes(), "a\n支"),
            (b"a\xe5\xbc", "a"),
            (b"a\xffb", "a"),
        ] {
            assert_eq!(beginning_in_utf8(bytes), text);
        }
    }
}
