//! The chain without I/O: names become paths; variables, queries and headers; and what is rejected.

use super::support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::chain::{Headers, Params, Segment, path, prepare};
use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
use wechatpay_wasm::{Error, Method, PathAndQuery, SignedRequest, UriTemplate};

use support::{PUBLIC_KEY_ID, attempt, certs, merchant, refused};

fn properties(names: &[&str]) -> Vec<Segment> {
    names.iter().map(|name| Segment::property(name)).collect()
}

fn written(text: &str) -> Vec<Segment> {
    vec![Segment::Written(text.to_owned())]
}

fn params(variables: &[(&str, &str)]) -> Params {
    Params {
        variables: pairs(variables),
        ..Params::default()
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    owned.collect()
}

fn signed(method: Method, segments: &[Segment], params: &Params) -> Result<SignedRequest, Error> {
    let merchant = merchant();
    let certs = certs(&merchant);
    prepare(method, &path(segments)?, params)?.sign(&merchant, &certs, &attempt("00"))
}

fn sent(segments: &[Segment], params: &Params) -> String {
    let signed = signed(Method::Get, segments, params).expect("signs");
    signed.path_and_query().to_owned()
}

#[track_caller]
fn assert_refused<T>(outcome: Result<T, Error>, field: &str, because: &str) {
    let (named, problem) = refused(outcome);
    assert_eq!(named, field, "{problem}");
    assert!(
        problem.contains(because),
        "{problem:?} does not say {because:?}"
    );
}

#[test]
fn names_become_segments() {
    for (names, expected) in [
        (
            &[
                "v3",
                "ecommerce",
                "individualContracts",
                "preEntrustSign",
                "app",
            ][..],
            "/v3/ecommerce/individual-contracts/pre-entrust-sign/app",
        ),
        (
            &["V3", "Pay", "Transactions", "H5"],
            "/v3/pay/transactions/h5",
        ),
        (
            &["v3", "merchantService", "complaintsV2"],
            "/v3/merchant-service/complaints-v2",
        ),
        (
            &["v3", "applyment4sub", "sub_merchants"],
            "/v3/applyment4sub/sub_merchants",
        ),
        (&["v3", "already-there", "x.y"], "/v3/already-there/x.y"),
        (
            &["v3", "1217752501201407033233368018"],
            "/v3/1217752501201407033233368018",
        ),
        (&["v3", "x", "Then"], "/v3/x/then"),
        (&["v3", "a/b/C_d"], "/v3/a/b/C_d"),
        (&["v3/certificates"], "/v3/certificates"),
        (&["v3/a/", "b"], "/v3/a/b"),
        (&["v3", "/b/"], "/v3/b/"),
        (&["v3/a?b=1&c=%2F"], "/v3/a?b=1&c=%2F"),
        (&["v3/a?"], "/v3/a"),
    ] {
        assert_eq!(sent(&properties(names), &Params::default()), expected);
    }
    for (text, expected) in [
        (
            "v3/applyment4sub/applyment/",
            "/v3/applyment4sub/applyment/",
        ),
        ("/v3/A_bC/_x_", "/v3/A_bC/_x_"),
        ("hk/v3/transactions", "/hk/v3/transactions"),
        ("v3/a;b=(c)'!*,+$&@:~", "/v3/a;b=(c)'!*,+$&@:~"),
    ] {
        assert_eq!(sent(&written(text), &Params::default()), expected);
    }
}

#[test]
fn variables_in_each_of_their_forms() {
    let given = params(&[("out_trade_no", "A/1 支")]);
    for segments in [
        properties(&["v3", "x", "_out_trade_no_", "close"]),
        properties(&["v3", "x", "$out_trade_no$", "close"]),
        properties(&["v3", "x", "{out_trade_no}", "close"]),
        properties(&["v3/x/{out_trade_no}/close"]),
        written("v3/x/{out_trade_no}/close"),
    ] {
        assert_eq!(sent(&segments, &given), "/v3/x/A%2F1%20%E6%94%AF/close");
    }
    let given = params(&[("a", "?"), ("bC", "#"), ("d.e", "%2e")]);
    let segments = properties(&["v3", "_a_", "_bC_", "{d.e}-{a}"]);
    assert_eq!(sent(&segments, &given), "/v3/%3F/%23/%252e-%3F");
}

#[test]
fn a_query_is_encoded_and_appended() {
    let given = Params {
        query: pairs(&[("a", "b c"), ("a", "é&="), ("[x]", "'+'"), ("", "")][..3]),
        ..Params::default()
    };
    let query = "a=b%20c&a=%C3%A9%26%3D&%5Bx%5D=%27%2B%27";
    assert_eq!(sent(&written("v3/x"), &given), format!("/v3/x?{query}"));
    assert_eq!(
        sent(&written("v3/x?y=1"), &given),
        format!("/v3/x?y=1&{query}")
    );
    assert_eq!(sent(&written("v3/x?"), &given), format!("/v3/x?{query}"));
}

#[test]
fn invalid_paths_are_refused() {
    for (text, because) in [
        ("", "must be the path of an APIv3 endpoint"),
        ("v3", "must be the path of an APIv3 endpoint"),
        ("v3/", "must be the path of an APIv3 endpoint"),
        ("v2/x", "must be the path of an APIv3 endpoint"),
        ("pay/unifiedorder", "must be the path of an APIv3 endpoint"),
        ("a/b/v3/x", "must be the path of an APIv3 endpoint"),
        ("//v3/x", "between two slashes"),
        ("v3//x", "between two slashes"),
        ("v3/x//", "between two slashes"),
        ("v3/../x", "would change the path"),
        ("v3/x/.", "would change the path"),
        ("v3/%2E%2e/x", "would change the path"),
        ("v3/.%2e", "would change the path"),
        ("../v3/x", "would change the path"),
        ("v3/x#y", "at position 6"),
        ("v3/x y", "at position 6"),
        ("v3/x\ny", "at position 6"),
        ("v3/x\\y", "at position 6"),
        ("v3/支", "at position 5"),
        ("v3/100%", "at position 8"),
        ("v3/%zz", "at position 5"),
        ("v3/x?a='", "at position 9"),
        ("v3/x?a=b c", "at position 10"),
        (
            "https://api.mch.weixin.qq.com/v3/x",
            "the client sets the host",
        ),
        ("v3/{x", "an unmatched brace"),
        ("v3/x}", "an unmatched brace"),
        ("v3/}{x}", "an unmatched brace"),
        ("v3/{}", "a variable whose name is not made"),
        ("v3/{+x}", "a variable whose name is not made"),
        ("v3/{x,y}", "a variable whose name is not made"),
        ("v3/{x:3}", "a variable whose name is not made"),
        ("v3/{x.}", "a variable whose name is not made"),
    ] {
        let outcome = signed(Method::Get, &written(text), &params(&[]));
        assert_refused(outcome, "path", because);
    }
    for (names, because) in [
        (&["v3"][..], "must be the path of an APIv3 endpoint"),
        (&["v3x", "y"], "must be the path of an APIv3 endpoint"),
        (&["v3", ""], "has a name that is not valid"),
        (&["v3", "a b"], "has a name that is not valid"),
        (&["v3", "支付"], "has a name that is not valid"),
        (&["v3", "a?b"], "has a name that is not valid"),
        (&["v3", "a%20"], "has a name that is not valid"),
        (&["v3", "__"], "a variable whose name is not made"),
        (&["v3", "_a-b_"], "a variable whose name is not made"),
        (&["v3", "x", "APPLYMENT_1"], "looks like a value"),
        (&["v3", "x", "4200A1"], "looks like a value"),
        (&["v3", "x", "oUpF8uMuAJO"], "looks like a value"),
        (&["v3", "x/y?z=1", "a"], "continues after its query"),
        (&["v3", "x", ".."], "would change the path"),
    ] {
        assert_refused(
            signed(Method::Get, &properties(names), &params(&[])),
            "path",
            because,
        );
    }
}

#[test]
fn missing_and_invalid_variables_are_refused() {
    let segments = properties(&["v3", "x", "_a_"]);
    let get = |given: &[(&str, &str)]| signed(Method::Get, &segments, &params(given));
    assert_refused(get(&[]), "a", "is missing");
    assert_refused(get(&[("a", "")]), "a", "is empty");
    assert_refused(get(&[("a", ".")]), "a", "must not be . or ..");
    assert_refused(get(&[("a", "..")]), "a", "must not be . or ..");
    assert_refused(get(&[("a", "1"), ("b", "2")]), "b", "the variables are a");
    assert_refused(
        get(&[("a", "1"), ("张三", "2")]),
        "options",
        "a name of 2 characters",
    );
    let none = signed(Method::Get, &written("v3/_a_/x"), &params(&[("a", "1")]));
    assert_refused(none, "a", "the path has none");
    // Two values that form a step only together.
    let together = signed(
        Method::Get,
        &written("v3/{a}{b}/x"),
        &params(&[("a", "."), ("b", "x")]),
    );
    assert_refused(together, "a", "must not be . or ..");
}

#[test]
fn invalid_query_names_and_a_get_with_a_body_are_refused() {
    for name in ["", "a b", "支"] {
        let given = Params {
            query: pairs(&[(name, "1")]),
            ..Params::default()
        };
        assert_refused(
            signed(Method::Get, &written("v3/x"), &given),
            "query",
            "a name",
        );
    }
    let body = Params {
        json: Some(b"{}".to_vec()),
        ..Params::default()
    };
    assert_refused(
        signed(Method::Get, &written("v3/x"), &body),
        "json",
        "no body",
    );
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let signed = signed(method, &written("v3/x"), &body).expect("signs");
        assert_eq!(signed.body(), b"{}");
        assert!(signed.message().ends_with(b"\n{}\n"));
    }
}

#[test]
fn headers_of_a_call_are_sent() {
    let headers = Headers::parse([
        ("Accept-Language", "zh-CN"),
        ("accept", "text/csv"),
        ("Content-type", "application/json; charset=utf-8"),
        ("wechatpay-serial", PUBLIC_KEY_ID),
    ]);
    let given = Params {
        headers: headers.expect("parses"),
        json: Some(b"{}".to_vec()),
        ..Params::default()
    };
    assert_eq!(given.headers.key_id(), Some(PUBLIC_KEY_ID));
    let signed = signed(Method::Post, &written("v3/x"), &given).expect("signs");
    let value = |name: &str| -> Vec<&str> {
        let same = signed
            .headers()
            .iter()
            .filter(|(own, _)| own.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(value("Accept-Language"), ["zh-CN"]);
    assert_eq!(value("Accept"), ["text/csv"]);
    assert_eq!(value("Content-Type"), ["application/json; charset=utf-8"]);
    assert_eq!(value("Wechatpay-Serial"), [PUBLIC_KEY_ID]);
}

#[test]
fn a_header_that_is_given_twice_is_refused() {
    for [one, other] in [
        ["Accept", "accept"],
        ["X-Y", "X-Y"],
        ["Wechatpay-Serial", "wechatpay-serial"],
    ] {
        let (field, problem) = refused(Headers::parse([(one, "a"), ("X-Z", "b"), (other, "c")]));
        assert_eq!(field, format!("headers.{other}"));
        assert_eq!(problem, "is given twice");
    }
}

#[test]
fn headers_that_are_refused() {
    for name in [
        "Authorization",
        "HOST",
        "content-length",
        "Transfer-Encoding",
        "te",
        "Expect",
    ] {
        let (field, problem) = refused(Headers::parse([(name, "x")]));
        assert!(
            field.eq_ignore_ascii_case(&format!("headers.{name}")),
            "{field}"
        );
        assert!(problem.contains("leave it out"), "{problem}");
    }
    for name in ["", "a b", "a:", "支", "a\r\nb"] {
        assert_refused(
            Headers::parse([(name, "x")]),
            "headers",
            "a name that is not valid",
        );
    }
    for value in ["a\r\nb", "\n", "支", "a\0", "\u{7f}"] {
        assert_refused(
            Headers::parse([("X-Y", value)]),
            "headers.X-Y",
            "at position",
        );
    }
}

/// The chain sends the same bytes as the typed call.
#[test]
fn the_same_request_as_the_typed_call() {
    let merchant = merchant();
    let certs = certs(&merchant);
    let typed = call::prepare(&call::Params::parse("w", "c").expect("parses"));
    let typed = typed
        .sign(&merchant, &certs, &attempt("00"))
        .expect("signs");
    let given = Params {
        json: Some(br#"{"appid":"w","out_contract_code":"c"}"#.to_vec()),
        ..Params::default()
    };
    let names = [
        "v3",
        "ecommerce",
        "individualContracts",
        "preEntrustSign",
        "app",
    ];
    let chained = signed(Method::Post, &properties(&names), &given).expect("signs");
    assert_eq!(chained.method(), typed.method());
    assert_eq!(chained.path_and_query(), typed.path_and_query());
    assert_eq!(chained.body(), typed.body());
    assert_eq!(chained.message(), typed.message());
    assert_eq!(chained.headers(), typed.headers());
}

/// A request that writes is repeated only if the caller allows it.
#[test]
fn only_a_get_is_repeated_automatically() {
    for (method, repeatable) in [
        (Method::Get, true),
        (Method::Post, false),
        (Method::Put, false),
        (Method::Patch, false),
        (Method::Delete, false),
    ] {
        let template = UriTemplate::parse("/v3/x").expect("parses");
        let request = prepare(method, &template, &Params::default()).expect("prepares");
        assert_eq!(request.is_repeatable(), repeatable);
    }
    assert_eq!(
        PathAndQuery::parse("/v3/x?y").expect("parses").as_str(),
        "/v3/x?y"
    );
}
