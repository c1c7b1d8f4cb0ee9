//! What JavaScript reports of a step.

use super::params::{Params, misread};
use crate::error::Error;
use crate::exchange::step::Event;
use crate::protocol::signature_headers::SignatureHeaders;

/// An event, and all headers of a response where the step asked for them.
pub(super) struct Reported {
    pub(super) event: Event,
    pub(super) all_headers: Vec<(String, String)>,
    /// The number of what the caller's clock threw.
    pub(super) clock_cause: Option<u32>,
}

/// Reads `{ event, … }`. `bytes` is a response's body or a signature.
pub(super) fn read(json: &str, bytes: Vec<u8>) -> Result<Reported, Error> {
    let params = Params::read(json)?;
    let status = || params.number("status").ok_or_else(misread);
    let cause = params.number("cause");
    let problem = || params.text("problem");
    let event = match params.text("event")?.as_str() {
        "response" => Event::Response {
            status: status()?,
            headers: headers(params)?,
            body: bytes,
        },
        "file" => Event::FileBegan {
            status: status()?,
            headers: headers(params)?,
        },
        "redirect" => Event::Redirected { status: status()? },
        "tooLarge" => Event::TooLarge,
        "unusable" => Event::Unusable {
            problem: problem()?,
            cause,
        },
        "network" => Event::Network {
            cause,
            reason: params.optional_text("reason")?,
            unconnected: params.is_true("unconnected"),
        },
        "noFetch" => Event::NoFetch,
        "timeout" => Event::TimedOut,
        "waited" => Event::Waited,
        "signed" => Event::Signed { signature: bytes },
        "signedText" => Event::SignedInBase64 {
            signature: params.text("text")?,
        },
        "notSigned" => Event::NotSigned {
            problem: problem()?,
            cause,
        },
        "aborted" => Event::Aborted,
        _ => return Err(misread()),
    };
    Ok(Reported {
        event,
        all_headers: params.pairs("all").unwrap_or_default(),
        clock_cause: params.number("clockCause"),
    })
}

/// `headers`: the values of [`SignatureHeaders::OF_RESPONSE`], null for each that is missing.
pub(super) fn headers(params: Params<'_>) -> Result<SignatureHeaders, Error> {
    let values = params.texts("headers")?;
    SignatureHeaders::read_response(|name| {
        let mut all = SignatureHeaders::OF_RESPONSE.iter().zip(&values);
        let found = all.find(|(known, _)| **known == name);
        Ok(found.and_then(|(_, value)| value.clone()))
    })
}
