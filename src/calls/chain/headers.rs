//! The headers that a call may bring along.

use crate::error::Error;
use crate::error::untrusted_text::named;
use crate::protocol::request::Request;

/// What the package signs or the host's `fetch` writes: it is nobody's to replace.
const TAKEN: [&str; 11] = [
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

/// Headers of a call's own, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    pairs: Vec<(String, String)>,
    key_id: Option<String>,
}

impl Headers {
    /// Reads headers, names and values in turn.
    ///
    /// # Errors
    /// [`Error::Validation`] for `headers.` and the name, or for `headers` where the name may be
    /// anything: a header that the package or the host writes, a name that is no token (RFC 9110,
    /// section 5.6.2), a value with anything but visible ASCII, spaces and tabs.
    pub fn parse<Name: AsRef<str>, Value: AsRef<str>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> Result<Self, Error> {
        let mut headers = Self::default();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            check(name, value)?;
            if name.eq_ignore_ascii_case("Wechatpay-Serial") {
                headers.key_id = Some(value.to_owned());
            } else {
                headers.pairs.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(headers)
    }

    /// What `Wechatpay-Serial` names: the key that the body's sensitive fields are encrypted with.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(super) fn put_on(&self, mut request: Request) -> Request {
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
    if let Some(taken) = TAKEN.iter().find(|taken| taken.eq_ignore_ascii_case(name)) {
        return Err(Error::validation(
            format!("headers.{taken}"),
            "is written for every request by itself; leave it out",
        ));
    }
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::validation(
            "headers",
            format!(
                "has a name that no header can have, {}: letters, digits and - make one",
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
            let problem = format!(
                "has at position {} a character other than visible ASCII, space and tab",
                index + 1
            );
            Err(Error::validation(field(name), problem))
        }
    }
}

/// The field of an error about the header, where its name may be shown.
fn field(name: &str) -> String {
    if named(name).starts_with('`') {
        format!("headers.{name}")
    } else {
        "headers".to_owned()
    }
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
