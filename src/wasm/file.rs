//! Files: uploads and downloads. JavaScript holds their bytes; here they are hashed, part by part.

use wasm_bindgen::prelude::*;

use super::error_json::returned;
use super::individual_contracts::{self, members};
use super::params::{Params, misread};
use super::planned::{Arguments, Planned};
use super::table::Table;
use crate::calls::passing_file::PassingFile;
use crate::calls::{download, encrypted_file, unverified_download, upload};
use crate::error::{Error, TransportFault, message::message};
use crate::exchange::plan::Plan;
use crate::json::ObjectWriter;

thread_local! {
    static FILES: Table<PassingFile> = const { Table::new() };
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

/// Starts to hash a file that is to be uploaded. Returns the file's number.
#[wasm_bindgen(js_name = startDigest)]
pub fn start_digest() -> usize {
    add(PassingFile::to_upload())
}

/// Takes the next part of a file.
#[wasm_bindgen(js_name = passPart)]
pub fn pass_part(number: usize, part: &[u8]) {
    FILES.with(|table| table.change(number, |file| file.pass(part)));
}

/// Decrypts the next part of a ciphertext in place, once its tag was found valid.
#[wasm_bindgen(js_name = decryptPart)]
pub fn decrypt_part(number: usize, part: &mut [u8]) {
    FILES.with(|table| table.change(number, |file| file.decrypt(part)));
}

/// Verifies a downloaded file, which is complete: `{}`, or `{ error }`. The file is gone afterwards, but for a
/// ciphertext, which passes once more to be decrypted.
#[wasm_bindgen(js_name = finishFile)]
pub fn finish_file(number: usize) -> String {
    let finished = take(number)
        .ok_or_else(misread)
        .and_then(PassingFile::finish);
    returned(finished.map(|next| {
        if let Some(next) = next {
            FILES.with(|table| table.put(number, next));
        }
        "{}".to_owned()
    }))
}

/// Drops a file that nobody needs any more.
#[wasm_bindgen(js_name = freeFile)]
pub fn free_file(number: usize) {
    drop(take(number));
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
    let file = arguments.params.number("digest").and_then(take);
    let digest = file.and_then(PassingFile::digest).ok_or_else(misread)?;
    let params = upload::Params::parse(
        &arguments.params.text("path")?,
        &arguments.params.text("filename")?,
        arguments.params.optional_text("contentType")?.as_deref(),
        &digest,
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

pub(super) fn plan_download(arguments: &mut Arguments<'_>) -> Result<Planned, Error> {
    let (params, client) = (arguments.params, arguments.client);
    let (hash, url) = (params.text("hashType")?, params.text("downloadUrl")?);
    let params =
        download::Params::parse(&url, &hash, &params.text("hashValue")?, client.base_url())?;
    let key = arguments.params.optional_text("encryptKey")?.map(|key| {
        let nonce = arguments.params.text("nonce")?;
        let blinding = arguments.moment.random.take()?;
        let by_host = arguments.params.optional_text("fileKey")?;
        encrypted_file::start(
            client.merchant(),
            &key,
            &nonce,
            &blinding,
            by_host.as_deref(),
        )
    });
    let (hash, key) = (params.hash().hasher(), key.transpose()?);
    Ok(Planned::new(Plan::download(&params), move |output, _| {
        let status = output.file()?.status;
        let mut json = ObjectWriter::new();
        if let Some(key) = key {
            json.value("ciphertext", add(PassingFile::encrypted(key, status)));
        }
        Ok(json
            .value("hash", add(PassingFile::hashed(hash, status)))
            .finish())
    }))
}

pub(super) fn plan_unverified_download(arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let url = arguments.params.text("downloadUrl")?;
    let base_url = arguments.client.base_url().clone();
    let plan = Plan::unverified_download(&unverified_download::Params::parse(&url, base_url)?);
    Ok(Planned::new(plan, |output, _| {
        let head = output.file()?;
        unverified_download::process(head.signed)?;
        Ok(members(&[("content_type", head.content_type.as_deref())]).finish())
    }))
}

fn add(file: PassingFile) -> usize {
    FILES.with(|table| table.add(file))
}

fn take(number: usize) -> Option<PassingFile> {
    FILES.with(|table| table.take(number))
}
