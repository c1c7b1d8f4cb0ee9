//! Files: uploads and downloads. JavaScript holds their bytes; here they are hashed, part by part.

use wasm_bindgen::prelude::*;

use super::call::{Arguments, Planned, misread};
use super::error_json::{Fields, of_error, refusal};
use super::table;
use crate::calls::{download, upload};
use crate::crypto::file_hash::{FileDigest, FileDigester, FileHash, FileHasher};
use crate::error::{Error, TransportFault};
use crate::exchange::plan::{Output, Plan};
use crate::json::{Json, Object, ObjectWriter};

/// A hash under way.
pub(super) enum Hash {
    /// Of a file to upload.
    Digest(FileDigester),
    /// Of a file that is downloaded, with what its hash must be, and the status of its response.
    Download(FileHasher, u16),
}

/// Checks what is known of an upload before its file is touched, which may be a stream that can be read
/// once: `{ most }`, how large the file may be in bytes, or `{ error }`. `params` is JSON.
#[wasm_bindgen(js_name = checkUpload)]
#[must_use]
pub fn check_upload(params: &str) -> String {
    let check = || -> Result<_, Error> {
        let params = object(params)?;
        let text = |name| params.text(name).map_err(|_| misread());
        let path = text("path")?;
        let content_type = params.optional_text("contentType").map_err(|_| misread())?;
        upload::check(&path, &text("filename")?, content_type.as_deref())?;
        let most = params.member("maxBytes").ok().flatten();
        Ok(most
            .and_then(Json::number)
            .unwrap_or_else(|| upload::largest_file(&path)))
    };
    match check() {
        Ok(most) => ObjectWriter::new().value("most", most).finish(),
        Err(error) => refusal(error, Fields::Camel),
    }
}

/// Checks a download's parameters before anything else happens: `{}`, or `{ error }`.
#[wasm_bindgen(js_name = checkDownload)]
#[must_use]
pub fn check_download(client: usize, params: &str) -> String {
    let check = || -> Result<_, Error> {
        let shared = table::client(client).ok_or_else(misread)?;
        let client = shared.try_borrow().map_err(|_| misread())?;
        download_params(object(params)?, &client)
    };
    match check() {
        Ok(_) => "{}".to_owned(),
        Err(error) => refusal(error, Fields::Camel),
    }
}

/// Starts to hash a file that is to be uploaded. Returns the hash's number.
#[wasm_bindgen(js_name = startDigest)]
#[must_use]
pub fn start_digest() -> usize {
    table::add_hash(Hash::Digest(FileDigester::default()))
}

/// Hashes the next part of a file. Returns how many bytes were hashed so far.
#[wasm_bindgen(js_name = hashPart)]
pub fn hash_part(hash: usize, part: &[u8]) -> f64 {
    let Some(mut state) = table::take_hash(hash) else {
        return 0.0;
    };
    let length = match &mut state {
        Hash::Digest(digester) => {
            digester.update(part);
            digester.length()
        }
        Hash::Download(hasher, _) => {
            hasher.update(part);
            hasher.length()
        }
    };
    table::put_hash(hash, state);
    // No file is as long as what a float cannot count.
    #[expect(clippy::cast_precision_loss)]
    let length = length as f64;
    length
}

/// Verifies a downloaded file, which is complete: `{}`, or `{ error }`. The hash is gone afterwards.
#[wasm_bindgen(js_name = finishHash)]
#[must_use]
pub fn finish_hash(hash: usize) -> String {
    match table::take_hash(hash) {
        Some(Hash::Download(hasher, status)) => match hasher.finish(status) {
            Ok(()) => "{}".to_owned(),
            Err(error) => refusal(error, Fields::Camel),
        },
        _ => refusal(misread(), Fields::Camel),
    }
}

/// Drops a hash that nobody needs any more.
#[wasm_bindgen(js_name = freeHash)]
pub fn free_hash(hash: usize) {
    drop(table::take_hash(hash));
}

/// The error of a file whose body cannot be read, as `{ error }`: `event` is `network`, `timeout`, `tooLarge`
/// or `unusable`, `number` the milliseconds or bytes, `problem` what is unusable.
#[wasm_bindgen(js_name = fileFailure)]
#[must_use]
pub fn file_failure(event: &str, number: u32, problem: String) -> String {
    let fault = match event {
        "network" => TransportFault::Network,
        "timeout" => TransportFault::Timeout(number),
        "tooLarge" => TransportFault::FileTooLarge(u64::from(number)),
        _ => TransportFault::Invalid(problem.into()),
    };
    let error = of_error(Error::transport(fault), None, Fields::Camel);
    ObjectWriter::new().json("error", &error).finish()
}

pub(super) fn plan_upload(arguments: &mut Arguments<'_>) -> Result<Planned, Error> {
    let digest: Option<FileDigest> = arguments
        .number("digest")
        .and_then(table::take_hash)
        .and_then(|hash| match hash {
            Hash::Digest(digester) => Some(digester.finish()),
            Hash::Download(..) => None,
        });
    let params = upload::Params::parse(
        &arguments.text("path")?,
        &arguments.text("filename")?,
        arguments.optional_text("contentType")?.as_deref(),
        &digest.ok_or_else(misread)?,
    )?;
    let upload::Upload {
        request,
        before,
        after,
    } = upload::prepare(&params, &*arguments.moment.random.take()?);
    let planned = super::individual_contracts::request(
        Box::new(move |_, _, _| Ok(request)),
        // JavaScript parses the body that it has, once it is known to be JSON.
        |response| upload::process(response).map(|_| "null".to_owned()),
    );
    Ok(Planned {
        form: Some((before, after)),
        ..planned
    })
}

pub(super) fn plan_download(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let params = download_params(arguments.params, arguments.client)?;
    let hash: FileHash = params.hash().clone();
    Ok(Planned {
        plan: Plan::File {
            request: download::prepare(&params),
            base_url: params.base_url().clone(),
        },
        finish: Box::new(move |output, _| {
            let Output::File { status } = output else {
                return Err(misread());
            };
            let hash = table::add_hash(Hash::Download(hash.hasher(), status));
            Ok(ObjectWriter::new().value("hash", hash).finish())
        }),
        fields: Fields::Camel,
        form: None,
    })
}

fn download_params(
    params: Object<'_>,
    client: &crate::exchange::client::Client,
) -> Result<download::Params, Error> {
    let text = |name| params.text(name).map_err(|_| misread());
    download::Params::parse(
        &text("downloadUrl")?,
        &text("hashType")?,
        &text("hashValue")?,
        client.base_url(),
    )
}

fn object(text: &str) -> Result<Object<'_>, Error> {
    Json::parse(text.as_bytes())
        .and_then(|json| json.object().ok())
        .ok_or_else(misread)
}
