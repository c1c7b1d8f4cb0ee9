//! Uploads: a picture, a video or another file. WeChat Pay returns an id for it (WeChat Pay partner
//! document 4012760509 for pictures). The form is `multipart/form-data`. Not the body is signed,
//! but its part `meta`, `{"filename":"…","sha256":"…"}`.
//!
//! ```
//! use wechatpay_wasm::calls::upload::{self, Params};
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! let path = "/v3/merchant/media/upload";
//! let mut file = wechatpay_wasm::FileDigester::default();
//! file.update(b"\xff\xd8\xff");
//! let params = Params::parse(path, "shop.jpg", None, &file.finish())?;
//! let upload = upload::prepare(&params, &[7; 16]);
//! // The body is `upload.before`, the file and `upload.after`.
//! # Ok(())
//! # }
//! ```

use std::fmt::Write as _;

use crate::crypto::file_hash::FileDigest;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::http::base_url::split_scheme;
use crate::http::multipart;
use crate::http::url_stability;
use crate::json::object_of_texts;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

/// The maximum length of a file's name, in characters.
const LONGEST_FILENAME: usize = 128;

/// The default limit for the size of a file, in bytes: 5 MiB for `video_upload`, and 2 MiB, the
/// documented limit for pictures, for all other paths.
#[must_use]
pub fn largest_file(path: &str) -> usize {
    if path.ends_with("/video_upload") {
        5 << 20
    } else {
        2 << 20
    }
}

/// A file and the path to upload it to.
#[derive(Clone, PartialEq, Eq)]
pub struct Params {
    path: String,
    filename: String,
    content_type: String,
    sha256: [u8; 32],
}

impl Params {
    /// Reads the parameters. `path` is the documented one, such as `/v3/merchant/media/upload`.
    /// `filename` has 1 to 128 characters. WeChat Pay requires an extension that shows the type of
    /// the file (`.jpg`, `.bmp`, `.png`; `.mp4` …). Without `content_type`, the extension decides
    /// it.
    ///
    /// # Errors
    /// [`Error::Validation`] for `path`, `filename`, `content_type` or `file`, which must not be empty.
    pub fn parse(
        path: &str,
        filename: &str,
        content_type: Option<&str>,
        file: &FileDigest,
    ) -> Result<Self, Error> {
        check(path, filename, content_type)?;
        let content_type = content_type.unwrap_or_else(|| content_type_for(filename));
        if file.length == 0 {
            return Err(Error::validation("file", message!("is empty")));
        }
        Ok(Self {
            path: path.to_owned(),
            filename: filename.to_owned(),
            content_type: content_type.to_owned(),
            sha256: file.sha256,
        })
    }
}

/// Checks what is known of an upload before its file is read.
///
/// # Errors
/// [`Error::Validation`] for `path`, `filename` or `content_type`.
pub fn check(path: &str, filename: &str, content_type: Option<&str>) -> Result<(), Error> {
    if let Some(problem) = path_fault(path) {
        return Err(Error::validation("path", problem));
    }
    if let Some(problem) = filename_fault(filename) {
        return Err(Error::validation("filename", problem));
    }
    match content_type.and_then(content_type_fault) {
        Some(problem) => Err(Error::validation("content_type", problem)),
        None => Ok(()),
    }
}

/// What is wrong with an upload path.
fn path_fault(path: &str) -> Option<Message> {
    if split_scheme(path).is_some() {
        return Some(message!(
            "must be a path such as /v3/merchant/media/upload, not a URL"
        ));
    }
    url_stability::fault(path).map(url_stability::Fault::advice)
}

/// What is wrong with a file's name.
fn filename_fault(filename: &str) -> Option<Message> {
    let quoting = |c: char| c.is_control() || matches!(c, '"' | '\\' | '/');
    if filename.is_empty() {
        Some(message!(
            "is empty; 1 to 128 characters are needed, such as shop.jpg"
        ))
    } else if filename.contains(quoting) {
        Some(message!(
            "has a quote, a slash, a backslash or a control character; give only the name, \
             without a path"
        ))
    } else if filename.chars().count() > LONGEST_FILENAME {
        Some(message!("has more than 128 characters"))
    } else {
        None
    }
}

/// What is wrong with a file's content type.
fn content_type_fault(content_type: &str) -> Option<Message> {
    (!is_media_type(content_type)).then_some(message!(
        "must be a media type without parameters, such as image/jpeg"
    ))
}

/// The content type for the extension of a file's name, for the documented types of files.
fn content_type_for(filename: &str) -> &'static str {
    let extension = filename.rsplit('.').next().unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "bmp" => "image/bmp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "mp4" | "m4v" | "f4v" => "video/mp4",
        "avi" => "video/x-msvideo",
        "wmv" => "video/x-ms-wmv",
        "mpeg" => "video/mpeg",
        "mov" => "video/quicktime",
        "mkv" => "video/x-matroska",
        "flv" => "video/x-flv",
        _ => "application/octet-stream",
    }
}

/// `type/subtype`, each a token (RFC 9110, sections 5.6.2 and 8.3.1).
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    text.len() <= 127
        && text
            .split_once('/')
            .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// An upload: its request, and the form around the file. The file stays with the host, which sends
/// `before`, the file and `after` as the body.
#[derive(Debug)]
pub struct Upload {
    /// The request, not signed yet. Its body is left to the host.
    pub request: Request,
    /// The form before the file.
    pub before: String,
    /// The form after the file.
    pub after: String,
}

/// Prepares the upload. `random` must be fresh random bytes: the form's boundary is made of them.
#[must_use]
pub fn prepare(params: &Params, random: &[u8; 16]) -> Upload {
    let sha256 = hexadecimal(&params.sha256);
    let meta = object_of_texts(&[("filename", params.filename.as_str()), ("sha256", &sha256)]);
    let form = multipart::write(&meta, &params.filename, &params.content_type, random);
    Upload {
        // WeChat Pay verifies the bytes of the part `meta`, so that what is signed is what is sent.
        request: Request::new(Method::Post, params.path.as_str())
            .body(&form.content_type, Vec::new())
            .signing(meta),
        before: form.before,
        after: form.after,
    }
}

/// The response's JSON, `{"media_id":"…"}` for pictures and videos.
///
/// # Errors
/// [`Error::Transport`] if it is not JSON.
pub fn process(response: &VerifiedResponse<'_>) -> Result<String, Error> {
    response.json().map(|json| json.get().to_owned())
}

/// Lower case, as in WeChat Pay's examples.
fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing into a String does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl std::fmt::Debug for Params {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The file is often a person's identity document.
        formatter
            .debug_struct("upload::Params")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
