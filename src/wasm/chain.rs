//! The chain's calls: any endpoint, by its path.

use wasm_bindgen::prelude::*;

use super::error_json::{Fields, refusal};
use super::individual_contracts::ready;
use super::params::{Params, misread};
use super::planned::{Arguments, Planned};
use crate::calls::chain::{
    self, EncryptedFields, Headers, Segment, listed_headers, path, prepare, process,
};
use crate::error::Error;
use crate::exchange::plan::Plan;
use crate::http::uri_template::UriTemplate;
use crate::json::{Json, Object, ObjectWriter};
use crate::protocol::request::Method;

/// The variables of the path that `links` make, as `{ variables }`, and the path with them, `template`, if it
/// is `told`. `links` is JSON: `{ links, told }`, with an array of `{ name }`, a property, and `{ written }`,
/// of `chain()`.
#[wasm_bindgen(js_name = chainVariables)]
pub fn chain_variables(links: &str) -> String {
    let variables = Params::read(links).and_then(|params| {
        let path = template(params.list("links")?)?;
        let told = params.is_true("told").then(|| path.to_string());
        let mut json = ObjectWriter::new();
        json.optional_text("template", told.as_deref());
        Ok(json.texts("variables", path.variables()).finish())
    });
    variables.unwrap_or_else(|error| refusal(error, Fields::Wire))
}

fn template<'a>(links: impl Iterator<Item = Json<'a>>) -> Result<UriTemplate, Error> {
    let segments: Option<Vec<Segment>> = links.map(|link| segment(link.object().ok()?)).collect();
    path(&segments.ok_or_else(misread)?)
}

fn segment(link: Object<'_>) -> Option<Segment> {
    match link.optional_text("name").ok()? {
        Some(name) => Some(Segment::property(&name)),
        None => link.text("written").ok().map(Segment::Written),
    }
}

pub(super) fn plan(arguments: Arguments<'_>) -> Result<Planned, Error> {
    let read = arguments.params;
    let method = Method::parse(&read.text("method")?).ok_or_else(misread)?;
    let path = template(read.list("links")?)?;
    let headers = Headers::parse(read.pairs("headers")?)?;
    let key_id = headers.key_id().map(str::to_owned);
    let params = chain::Params {
        variables: read.pairs("variables")?,
        query: read.pairs("query")?,
        headers,
        json: read.number::<usize>("json").map(|_| arguments.bytes),
    };
    let request = prepare(method, &path, &params)?;
    let plan = match read.texts("encrypt") {
        Err(_) => Plan::Request {
            prepare: ready(request),
            key_id,
        },
        Ok(paths) => {
            let paths: Vec<String> = paths.into_iter().flatten().collect();
            let fields = EncryptedFields::find(params.json.as_deref().unwrap_or_default(), &paths)?;
            Plan::with_encrypted_fields(request, fields, key_id)
        }
    };
    let mut planned = Planned::new(plan, |output, finishing| {
        let reply = output.response()?;
        let response = reply.response.as_verified();
        // JavaScript parses the body that it has, once it is known to be JSON in UTF-8.
        if process(&response)?.is_some() {
            response.json().map_err(|_| chain::no_json())?;
        }
        let headers = listed_headers(finishing.all_headers, &reply.sent);
        Ok(ObjectWriter::new()
            .value("status", response.status())
            .pairs("headers", &headers)
            .optional_text("requestId", reply.request_id.as_deref())
            .finish())
    });
    planned.fields = Fields::Wire;
    Ok(planned)
}
