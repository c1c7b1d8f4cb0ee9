//! Uploads: a picture, a video or another file, which WeChat Pay responds with an id to name it by
//! (WeChat Pay partner document 4012760509 for pictures). The form is `multipart/form-data`, and what is
//! signed in place of the body is its part `meta`, `{"filename":"…","sha256":"…"}`.
//!
//! ```
//! use wechatpay_wasm::calls::upload::{self, Params};
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! let path = "/v3/merchant/media/upload";
//! let params = Params::parse(path, "shop.jpg", None, b"\xff\xd8\xff".to_vec())?;
//! let request = upload::prepare(&params, &[7; 16]);
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::http::multipart::{self, FilePart};
use crate::http::url_stability;
use crate::json::object_of_texts;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

/// How long a file's name may be, in characters.
const LONGEST_FILENAME: usize = 128;

/// How large a file may be where nothing else is said, in bytes: 5 MiB for `video_upload`, and 2 MiB,
/// the documented limit of pictures, for everything else.
#[must_use]
pub fn largest_file(path: &str) -> usize {
    if path.ends_with("/video_upload") {
        5 << 20
    } else {
        2 << 20
    }
}

/// A file on its way to a path.
#[derive(Clone, PartialEq, Eq)]
pub struct Params {
    path: String,
    filename: String,
    content_type: String,
    file: Vec<u8>,
}

impl Params {
    /// Reads the parameters. `path` is the documented one, such as `/v3/merchant/media/upload`. `filename`
    /// has 1 to 128 characters, and for WeChat Pay an ending that says what the file is (`.jpg`, `.bmp`,
    /// `.png`; `.mp4` …). `content_type` is told by that ending where it is not given.
    ///
    /// # Errors
    /// [`Error::Validation`] for `path`, `filename`, `content_type` or `file`, which must not be empty.
    pub fn parse(
        path: &str,
        filename: &str,
        content_type: Option<&str>,
        file: Vec<u8>,
    ) -> Result<Self, Error> {
        if let Some(problem) = path_fault(path) {
            return Err(Error::validation("path", problem));
        }
        if let Some(problem) = filename_fault(filename) {
            return Err(Error::validation("filename", problem));
        }
        let content_type = content_type.unwrap_or_else(|| told_by_ending(filename));
        if let Some(problem) = content_type_fault(content_type) {
            return Err(Error::validation("content_type", problem));
        }
        if file.is_empty() {
            return Err(Error::validation("file", "is empty"));
        }
        Ok(Self {
            path: path.to_owned(),
            filename: filename.to_owned(),
            content_type: content_type.to_owned(),
            file,
        })
    }
}

/// What is wrong with a path to upload to.
pub(crate) fn path_fault(path: &str) -> Option<Cow<'static, str>> {
    if path.contains("://") {
        return Some("must be a path such as /v3/merchant/media/upload, not a URL".into());
    }
    url_stability::fault(path).map(|fault| fault.to_string().into())
}

/// What is wrong with a file's name.
pub(crate) fn filename_fault(filename: &str) -> Option<&'static str> {
    let quoting = |c: char| c.is_control() || matches!(c, '"' | '\\' | '/');
    if filename.is_empty() {
        Some("is empty; 1 to 128 characters are needed, such as shop.jpg")
    } else if filename.contains(quoting) {
        Some(
            "has a quote, a slash, a backslash or a control character; give the name alone, no path",
        )
    } else if filename.chars().count() > LONGEST_FILENAME {
        Some("has more than 128 characters")
    } else {
        None
    }
}

/// What is wrong with a file's content type.
pub(crate) fn content_type_fault(content_type: &str) -> Option<&'static str> {
    (!is_media_type(content_type))
        .then_some("must be a media type without parameters, such as image/jpeg")
}

/// The documented kinds of files, by the ending of their name.
fn told_by_ending(filename: &str) -> &'static str {
    let ending = filename.rsplit('.').next().unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
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

/// The request. `random` must be fresh random bytes: the form's boundary is made of them.
#[must_use]
pub fn prepare(params: &Params, random: &[u8; 16]) -> Request {
    let sha256 = hexadecimal(&Sha256::digest(&params.file));
    let meta = object_of_texts([("filename", params.filename.as_str()), ("sha256", &sha256)]);
    let file = FilePart {
        filename: &params.filename,
        content_type: &params.content_type,
        content: &params.file,
    };
    let form = multipart::write(&meta, &file, random);
    // The very bytes of the part, so that what is signed is what is sent.
    Request::new(Method::Post, params.path.as_str())
        .body(&form.content_type, form.body)
        .signing(meta)
}

/// The response's JSON, `{"media_id":"…"}` for pictures and videos.
///
/// # Errors
/// [`Error::Transport`] where it is none.
pub fn process(response: &VerifiedResponse<'_>) -> Result<String, Error> {
    response.json().map(|json| json.get().to_owned())
}

/// Lower case, as WeChat Pay's examples have it.
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
        // Papers of people, most often.
        formatter
            .debug_struct("upload::Params")
            .field("path", &self.path)
            .field("file", &format_args!("{} bytes", self.file.len()))
            .finish_non_exhaustive()
    }
}
