//! Files: what an upload sends and signs, how a download is verified, and how both reject bad
//! input.

use super::support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::{download, pay_sign, upload};
use wechatpay_wasm::{BaseUrl, Error, FileDigest, FileDigester, FileHash};

use support::{attempt, certs, merchant};

const UPLOAD: &str = "/v3/merchant/media/upload";
const FILE: &str = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=xxx&tartype=gzip";
const ABC_SHA1: &str = "a9993e364706816aba3e25717850c26c9cd0d89d";
const ABC_SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[track_caller]
fn field<T>(outcome: Result<T, Error>) -> String {
    match outcome.map(drop) {
        Err(Error::Validation(error)) => error.field.into_owned(),
        other => panic!("{other:?} is not a ValidationError"),
    }
}

fn digest(file: &[u8]) -> FileDigest {
    let mut digester = FileDigester::default();
    for part in file.chunks(2) {
        digester.update(part);
    }
    assert_eq!(digester.length(), file.len() as u64);
    digester.finish()
}

#[test]
fn an_upload_signs_its_meta_and_sends_its_form() {
    let params = upload::Params::parse(UPLOAD, "门店.PNG", None, &digest(b"abc")).expect("parses");
    let upload = upload::prepare(&params, &[0xab; 16]);
    let request = upload.request;
    assert!(!request.is_repeatable());
    let merchant = merchant();
    let certs = certs(&merchant);
    let signed = request
        .sign(
            &merchant,
            &certs,
            &attempt("593BEC0C930BF1AFEB40B4A08C8FB242"),
        )
        .expect("signs");

    let meta = format!("{{\"filename\":\"门店.PNG\",\"sha256\":\"{ABC_SHA256}\"}}");
    let message = format!("POST\n{UPLOAD}\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n{meta}\n");
    assert_eq!(signed.message(), message.as_bytes());
    let boundary = format!("wechatpay-wasm-{}", "ab".repeat(16));
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/json\r\n\r\n{meta}\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"门店.PNG\"\r\n\
         Content-Type: image/png\r\n\r\nabc\r\n--{boundary}--\r\n"
    );
    // The host sends the file, and the form around it.
    assert_eq!(signed.body(), b"");
    assert_eq!([&upload.before, "abc", &upload.after].concat(), body);
    let content_type = format!("multipart/form-data; boundary={boundary}");
    assert!(
        signed
            .headers()
            .contains(&("Content-Type".to_owned(), content_type))
    );
}

#[test]
fn uploads_of_the_wrong_kind_are_refused() {
    let parse = |path: &str, name: &str, kind: Option<&str>, file: &[u8]| {
        upload::Params::parse(path, name, kind, &digest(file))
    };
    assert_eq!(field(parse("v3/x", "a.jpg", None, b"x")), "path");
    assert_eq!(field(parse(UPLOAD, "a\"b.jpg", None, b"x")), "filename");
    assert_eq!(
        field(parse(UPLOAD, &"x".repeat(129), None, b"x")),
        "filename"
    );
    assert_eq!(
        field(parse(UPLOAD, "a.jpg", Some("x\r\n"), b"x")),
        "content_type"
    );
    assert_eq!(field(parse(UPLOAD, "a.jpg", None, b"")), "file");
    assert!(parse(UPLOAD, &"长".repeat(128), Some("a/b"), b"x").is_ok());
    assert_eq!(upload::largest_file(UPLOAD), 2 << 20);
    assert_eq!(
        upload::largest_file("/v3/merchant/media/video_upload"),
        5 << 20
    );
}

#[test]
fn a_download_requests_exactly_its_url() {
    let params =
        download::Params::parse(FILE, "SHA1", ABC_SHA1, &BaseUrl::default()).expect("parses");
    assert_eq!(params.url(), FILE);
    let request = download::prepare(&params);
    let merchant = merchant();
    let certs = certs(&merchant);
    let signed = request
        .sign(&merchant, &certs, &attempt("00"))
        .expect("signs");
    assert_eq!(
        signed.path_and_query(),
        "/v3/billdownload/file?token=xxx&tartype=gzip"
    );
    assert!(signed.body().is_empty());
    assert!(
        signed
            .headers()
            .contains(&("Accept".to_owned(), "*/*".to_owned()))
    );
    assert!(!format!("{params:?}{request:?}").contains("abc"));
    assert!(!format!("{params:?}").contains("token"));
}

#[test]
fn downloads_from_other_hosts_or_without_a_hash_are_refused() {
    let parse = |url: &str, kind: &str, value: &str| {
        download::Params::parse(url, kind, value, &BaseUrl::default())
    };
    assert_eq!(
        field(parse("https://evil.example/v3/x", "SHA1", ABC_SHA1)),
        "download_url"
    );
    assert_eq!(
        field(parse(&FILE.replace("file", "fi le"), "SHA1", ABC_SHA1)),
        "download_url"
    );
    assert_eq!(field(parse(FILE, "MD5", ABC_SHA1)), "hash_type");
    assert_eq!(field(parse(FILE, "SHA1", &ABC_SHA1[1..])), "hash_value");
    assert_eq!(field(parse(FILE, "SHA256", ABC_SHA1)), "hash_value");
}

#[test]
fn a_hash_does_not_depend_on_the_chunks() {
    for (kind, value) in [("SHA1", ABC_SHA1), ("SHA256", ABC_SHA256)] {
        let hash = FileHash::parse(kind, &value.to_ascii_uppercase()).expect("parses");
        for parts in [&["abc"][..], &["a", "b", "c"], &["", "ab", "", "c", ""]] {
            let mut hasher = hash.hasher();
            for part in parts {
                hasher.update(part.as_bytes());
            }
            assert_eq!(hasher.length(), 3);
            assert_eq!(hasher.finish(200), Ok(()));
        }
        for other in ["", "ab", "abcd", "abC"] {
            let mut hasher = hash.hasher();
            hasher.update(other.as_bytes());
            let error = hasher.finish(200).expect_err("has another hash");
            assert_eq!(error.code(), "ERR_HASH_MISMATCH");
            assert!(!error.to_string().contains("gzip"), "{error}");
        }
        let mut hasher = hash.hasher();
        hasher.update(&[0x1f]);
        hasher.update(&[0x8b, 8]);
        let error = hasher.finish(200).expect_err("has another hash");
        assert!(error.to_string().contains("give gzip: true"), "{error}");
    }
}

#[test]
fn pay_sign_parameters_of_the_wrong_kind_are_refused() {
    let parse = pay_sign::Params::parse;
    assert_eq!(field(parse("native", "wx", "id", None)), "type");
    assert_eq!(field(parse("jsapi", "", "id", None)), "appid");
    assert_eq!(field(parse("jsapi", "wx", "", None)), "prepay_id");
    assert_eq!(field(parse("app", "wx", "prepay_id=x", None)), "prepay_id");
    assert_eq!(
        field(parse("app", "wx", &"x".repeat(65), None)),
        "prepay_id"
    );
    assert_eq!(field(parse("app", "wx", "id", Some(""))), "partnerid");
    assert_eq!(field(parse("jsapi", "wx", "id", Some("1"))), "partnerid");
}
