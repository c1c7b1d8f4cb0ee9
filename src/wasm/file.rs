//! Files: uploads and downloads. JavaScript holds their bytes; here they are hashed, part by part.

use wasm_bindgen::prelude::*;

use super::error_json::returned;
use super::individual_contracts;
use super::params::{Params, misread};
use super::planned::{Arguments, Planned};
use super::table::Table;
use crate::calls::{download, upload};
use crate::crypto::file_hash::{FileDigester, FileHash, FileHasher};
use crate::error::{Error, TransportFault, message::message};
use crate::exchange::plan::Plan;
use crate::json::ObjectWriter;

/// A hash under way.
enum Hash {
    /// Of a file to upload.
    Digest(FileDigester),
    /// Of a file that is downloaded, with what its hash must be, and the status of its response.
    Download(FileHasher, u16),
}

thread_local! {
    static HASHES: Table<Hash> = const { Table::new() };
}

/// Checks what is known of an upload before its file is touched, which may be a stream that can be read
/// once: `{ most }`, how large the file may be in bytes, or `{ error }`. `params` is JSON.
#[wasm_bindgen(js_name = checkUpload)]
pub fn check_upload(params: &str) -> String {
    returned((|| {
        let params = Params::read(params)?;
        let (path, filename) = (params.text("path")?, params.text("filename")?);
        let content_type = params.optional_text("contentType")?;
        upload::check(&path, &filename, content_type.as_deref())?;
        let most = params.number("maxBytes");
        let most = most.unwrap_or_else(|| upload::largest_file(&path));
        Ok(ObjectWriter::new().value("most", most).finish())
    })())
}

/// Starts to hash a file that is to be uploaded. Returns the hash's number.
#[wasm_bindgen(js_name = startDigest)]
pub fn start_digest() -> usize {
    add(Hash::Digest(FileDigester::default()))
}

/// Hashes the next part of a file.
#[wasm_bindgen(js_name = hashPart)]
pub fn hash_part(hash: usize, part: &[u8]) {
    let Some(mut state) = take(hash) else { return };
    match &mut state {
        Hash::Digest(digester) => digester.update(part),
        Hash::Download(hasher, _) => hasher.update(part),
    }
    HASHES.with(|table| table.put(hash, state));
}

/// Verifies a downloaded file, which is complete: `{}`, or `{ error }`. The hash is gone afterwards.
#[wasm_bindgen(js_name = finishHash)]
pub fn finish_hash(hash: usize) -> String {
    returned(match take(hash) {
        Some(Hash::Download(hasher, status)) => hasher.finish(status).map(|()| "{}".to_owned()),
        _ => Err(misread()),
    })
}

/// Drops a hash that nobody needs any more.
#[wasm_bindgen(js_name = freeHash)]
pub fn free_hash(hash: usize) {
    drop(take(hash));
}

/// The error of a file whose body cannot be read, as `{ error }`: `event` is `network`, `timeout`, `tooLarge`
/// or `unusable`, `number` the milliseconds or bytes, `problem` what is unusable.
#[wasm_bindgen(js_name = fileFailure)]
pub fn file_failure(event: &str, number: u32, problem: &str) -> String {
    let fault = match event {
        "network" => TransportFault::Network,
        "timeout" => TransportFault::Timeout(number),
        "tooLarge" => TransportFault::FileTooLarge(u64::from(number)),
        _ => TransportFault::Invalid(message!("{}", problem)),
    };
    returned(Err(Error::transport(fault)))
}

pub(super) fn plan_upload(arguments: &mut Arguments<'_>) -> Result<Planned, Error> {
    let hash = arguments.params.number("digest").and_then(take);
    let Some(Hash::Digest(digester)) = hash else {
        return Err(misread());
    };
    let params = upload::Params::parse(
        &arguments.params.text("path")?,
        &arguments.params.text("filename")?,
        arguments.params.optional_text("contentType")?.as_deref(),
        &digester.finish(),
    )?;
    let upload = upload::prepare(&params, &*arguments.moment.random.take()?);
    let planned = individual_contracts::request(
        individual_contracts::ready(upload.request),
        // JavaScript parses the body that it has, once it is known to be JSON.
        |response| upload::process(response).map(|_| "null".to_owned()),
    );
    Ok(Planned {
        form: Some((upload.before, upload.after)),
        ..planned
    })
}

pub(super) fn plan_download(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let params = arguments.params;
    let params = download::Params::parse(
        &params.text("downloadUrl")?,
        &params.text("hashType")?,
        &params.text("hashValue")?,
        arguments.client.base_url(),
    )?;
    let hash: FileHash = params.hash().clone();
    Ok(Planned::new(
        Plan::File {
            request: download::prepare(&params),
            base_url: params.base_url().clone(),
        },
        move |output, _| {
            let status = output.file_status()?;
            let hash = add(Hash::Download(hash.hasher(), status));
            Ok(ObjectWriter::new().value("hash", hash).finish())
        },
    ))
}

fn add(hash: Hash) -> usize {
    HASHES.with(|table| table.add(hash))
}

fn take(hash: usize) -> Option<Hash> {
    HASHES.with(|table| table.take(hash))
}
