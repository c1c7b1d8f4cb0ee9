//! The headers of a chain's response.

use crate::protocol::signed_request::SignedRequest;

/// A response's headers by their names in lower case, without any that repeats the signature of the request.
/// They are not signed. The response is verified, so that none of them is a reason to lose it.
#[must_use]
pub fn listed_headers(headers: &[(String, String)], sent: &SignedRequest) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        if sent.is_repeated_in(value) {
            continue;
        }
        let name = name.to_ascii_lowercase();
        // RFC 9110, section 5.2: several fields of one name are one list.
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => {
                list.push_str(", ");
                list.push_str(value);
            }
            None => all.push((name, value.clone())),
        }
    }
    all
}
