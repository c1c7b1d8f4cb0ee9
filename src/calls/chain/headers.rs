//! The headers that the caller can add to a call.

use crate::error::Error;
use crate::error::message::message;
use crate::error::untrusted_text::{is_plausible, named};
use crate::protocol::request::Request;

/// Headers that the package signs or the host's `fetch` writes. The caller must not replace them.
const RESERVED: [&str; 11] = [
    "Authorization",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "Expect",
    "TE",
    "Trailer",
    "Upgrade",
    "Proxy-Authorization",
];

/// The caller's headers for one call, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    pairs: Vec<(String, String)>,
    key_id: Option<String>,
}

impl Headers {
    /// Reads headers from pairs of name and value.
    ///
    /// # Errors
    /// [`Error::Validation`] for `headers.` and the name, or for `headers` if the name cannot be
    /// shown: the package or the host writes the header, the name is not a token (RFC 9110, section
    /// 5.6.2), it is given twice, or the value contains a character other than visible ASCII, space and tab.
    pub fn parse<Name: AsRef<str>, Value: AsRef<str>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Result<Self, Error> {
        let mut headers = Self::default();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            check(name, value)?;
            let is_serial = name.eq_ignore_ascii_case("Wechatpay-Serial");
            let mut pairs = headers.pairs.iter();
            // The second one would replace the first.
            if is_serial && headers.key_id.is_some()
                || pairs.any(|(other, _)| other.eq_ignore_ascii_case(name))
            {
                return Err(Error::validation(field(name), message!("is given twice")));
            }
            if is_serial {
                headers.key_id = Some(value.to_owned());
            } else {
                headers.pairs.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(headers)
    }

    /// The id in `Wechatpay-Serial`: the key that encrypted the body's sensitive fields.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(super) fn add_to(&self, mut request: Request) -> Request {
        for (name, value) in &self.pairs {
            request = request.header(name, value);
        }
        match &self.key_id {
            Some(id) => request.encrypted_for(id),
            None => request,
        }
    }
}

fn check(name: &str, value: &str) -> Result<(), Error> {
    if let Some(reserved) = RESERVED
        .iter()
        .find(|reserved| reserved.eq_ignore_ascii_case(name))
    {
        return Err(Error::validation(
            format!("headers.{reserved}"),
            message!("is set automatically for every request; leave it out"),
        ));
    }
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::validation(
            "headers",
            message!(
                "has a name that is not valid, {}: use letters, digits and -",
                named(name)
            ),
        ));
    }
    let position = value
        .chars()
        .position(|c| !(c.is_ascii_graphic() || matches!(c, ' ' | '\t')));
    match position {
        None => Ok(()),
        Some(index) => {
            let problem = message!(
                "has at position {} a character other than visible ASCII, space and tab",
                index + 1
            );
            Err(Error::validation(field(name), problem))
        }
    }
}

/// The field of an error about the header. It contains the name only if the name may be shown.
fn field(name: &str) -> String {
    if is_plausible(name) {
        format!("headers.{name}")
    } else {
        "headers".to_owned()
    }
}

/// A character of a token (RFC 9110, section 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
