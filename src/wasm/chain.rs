//! The chain's calls: any endpoint, by its path.

use wasm_bindgen::prelude::*;

use super::call::{Arguments, Planned, misread};
use super::error_json::{Fields, refusal};
use super::event::pairs;
use crate::calls::chain::{Headers, Params, Segment, path, prepare, process};
use crate::error::Error;
use crate::exchange::plan::{Output, Plan};
use crate::http::uri_template::UriTemplate;
use crate::json::{Json, Object, ObjectWriter, array};
use crate::protocol::request::Method;
use crate::protocol::signed_request::SignedRequest;

const METHODS: [Method; 5] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
];

/// The variables of the path that `links` make, as `{ variables }`. `links` is a JSON array of
/// `{ name }`, a property, and `{ written }`, of `chain()`.
#[wasm_bindgen(js_name = chainVariables)]
#[must_use]
pub fn chain_variables(links: &str) -> String {
    match Json::parse(links.as_bytes())
        .ok_or_else(misread)
        .and_then(template)
    {
        Ok(path) => {
            let names = path.variables().map(|name| {
                let mut json = ObjectWriter::new();
                json.text("name", name).finish()
            });
            let names = array(names);
            ObjectWriter::new().json("variables", &names).finish()
        }
        Err(error) => refusal(error, Fields::Wire),
    }
}

fn template(links: Json<'_>) -> Result<UriTemplate, Error> {
    let segments: Option<Vec<Segment>> = links
        .items()
        .map_err(|_| misread())?
        .map(|link| segment(link.object().ok()?))
        .collect();
    path(&segments.ok_or_else(misread)?)
}

fn segment(link: Object<'_>) -> Option<Segment> {
    match link.optional_text("name").ok()? {
        Some(name) => Some(Segment::property(&name)),
        None => link.text("written").ok().map(Segment::Written),
    }
}

pub(super) fn plan(arguments: Arguments<'_>) -> Result<Planned, Error> {
    let method = arguments.text("method")?;
    let method = METHODS.into_iter().find(|known| known.as_str() == method);
    let links = arguments.params.member("links").ok().flatten();
    let path = template(links.ok_or_else(misread)?)?;
    let list = |name: &str| pairs(arguments.params, name).ok_or_else(misread);
    let headers = Headers::parse(list("headers")?)?;
    let key_id = headers.key_id().map(str::to_owned);
    let params = Params {
        variables: list("variables")?,
        query: list("query")?,
        headers,
        json: arguments.number("json").map(|_| arguments.bytes),
    };
    let request = prepare(method.ok_or_else(misread)?, &path, &params)?;
    Ok(Planned {
        plan: Plan::Request {
            prepare: Box::new(move |_, _, _| Ok(request)),
            key_id,
        },
        finish: Box::new(|output, finishing| {
            let Output::Response(reply) = output else {
                return Err(misread());
            };
            let response = reply.response.as_verified();
            // JavaScript parses the body that it has, once it is known to be JSON in UTF-8.
            if process(&response)?.is_some() {
                response
                    .json()
                    .map_err(|_| crate::calls::chain::no_json())?;
            }
            let headers = without_signature(finishing.all_headers, &reply.sent);
            Ok(ObjectWriter::new()
                .value("status", response.status())
                .pairs("headers", &headers)
                .optional_text("requestId", reply.request_id.as_deref())
                .finish())
        }),
        fields: Fields::Wire,
        form: None,
    })
}

/// The headers by their names in lower case, without any that repeats the request's signature. The response
/// is verified, so that none of them is a reason to lose it.
fn without_signature(headers: &[(String, String)], sent: &SignedRequest) -> Vec<(String, String)> {
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
