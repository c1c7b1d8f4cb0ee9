//! The family of individual contracts: the exact bytes that each call sends, and how it reads
//! responses.

mod support;

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::individual_contracts::{
    Identity, pre_entrust_sign_app_with_real_name as app_with_name,
    pre_entrust_sign_mini_program as mini_program,
    pre_entrust_sign_mini_program_with_real_name as mini_program_with_name,
    query_contract_by_openid as by_openid, query_contract_by_out_contract_code as by_code,
};
use wechatpay_wasm::calls::{app_launch, echo};
use wechatpay_wasm::{Certs, Openid, PermissionType, Request, SignedRequest, parse_private_key};

use support::{
    NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID, attempt, certs, key, merchant, refused,
    signed_by_wechatpay,
};

const APPID: &str = "wxd678efh567h23787";
const CODE: &str = "APPLYMENT_00000000001";
const OPENID: &str = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
const NAME: &str = "张三";
const NUMBER: &str = "11010519491231002X";
const SEEDS: [u8; Identity::SEED_BYTES] = [0x5a; Identity::SEED_BYTES];

fn signed(request: &Request) -> SignedRequest {
    let merchant = merchant();
    request
        .sign(&merchant, &certs(&merchant), &attempt("00"))
        .expect("signs")
}

fn header<'s>(signed: &'s SignedRequest, name: &str) -> Option<&'s str> {
    let mut headers = signed.headers().iter();
    headers
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn body(signed: &SignedRequest) -> Value {
    serde_json::from_slice(signed.body()).expect("is JSON")
}

#[test]
fn a_mini_program_pre_signs_with_the_openid() {
    let params = mini_program::Params::parse(APPID, CODE, OPENID).expect("parses");
    let request = mini_program::prepare(&params);
    assert!(request.is_repeatable());
    let signed = signed(&request);
    assert_eq!(signed.method().as_str(), "POST");
    assert_eq!(
        signed.path_and_query(),
        "/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program"
    );
    assert_eq!(
        std::str::from_utf8(signed.body()).expect("is UTF-8"),
        format!(r#"{{"appid":"{APPID}","out_contract_code":"{CODE}","openid":"{OPENID}"}}"#)
    );
    assert_eq!(header(&signed, "Wechatpay-Serial"), Some(PUBLIC_KEY_ID));
}

#[test]
fn names_and_numbers_are_sent_encrypted() {
    let merchant = merchant();
    let both = certs(&merchant);
    let platform_only = [(PLATFORM_SERIAL, key("platform.cert.pem"))];
    let platform = Certs::parse(platform_only, &merchant).expect("parses");
    for (certs, id, private_key) in [
        (&both, PUBLIC_KEY_ID, "wechatpay.pkcs8.pem"),
        (&platform, PLATFORM_SERIAL, "platform.pkcs8.pem"),
    ] {
        let identity = Identity::parse(NAME, "ID_CARD", NUMBER).expect("parses");
        let app = app_with_name::Params::parse(APPID, CODE, identity.clone()).expect("parses");
        let mini = mini_program_with_name::Params::parse(APPID, CODE, OPENID, identity);
        let mini = mini.expect("parses");
        let requests = [
            (
                "app",
                app_with_name::prepare(&app, certs, NOW, &SEEDS).expect("prepares"),
            ),
            (
                "mini-program",
                mini_program_with_name::prepare(&mini, certs, NOW, &SEEDS).expect("prepares"),
            ),
        ];
        for (segment, request) in requests {
            assert!(request.is_repeatable());
            let signed = request
                .sign(&merchant, certs, &attempt("00"))
                .expect("signs");
            assert_eq!(
                signed.path_and_query(),
                format!(
                    "/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/{segment}"
                )
            );
            assert_eq!(header(&signed, "Wechatpay-Serial"), Some(id));
            let sent = body(&signed);
            let owner = parse_private_key(key(private_key)).expect("parses");
            let decrypted = |name: &str| {
                let encrypted = Base64::decode_vec(sent[name].as_str().expect("is text"));
                let text = owner.decrypt(&encrypted.expect("is base64"), &[1; 32]);
                String::from_utf8(text.expect("is decrypted").to_vec()).expect("is UTF-8")
            };
            assert_eq!(decrypted("real_name"), NAME);
            assert_eq!(decrypted("cred_id"), NUMBER);
            let mut expected = json!({
                "appid": APPID,
                "out_contract_code": CODE,
                "real_name": sent["real_name"],
                "cred_type": "ID_CARD",
                "cred_id": sent["cred_id"],
            });
            if segment == "mini-program" {
                expected["openid"] = OPENID.into();
            }
            assert_eq!(sent, expected);
        }
    }
}

#[test]
fn each_text_has_its_own_seed() {
    let identity = Identity::parse("same", "ID_CARD", "same").expect("parses");
    let params = app_with_name::Params::parse(APPID, CODE, identity).expect("parses");
    let certs = certs(&merchant());
    let seeds: [u8; Identity::SEED_BYTES] =
        std::array::from_fn(|index| u8::try_from(index).expect("is small"));
    let sent = body(&signed(
        &app_with_name::prepare(&params, &certs, NOW, &seeds).expect("prepares"),
    ));
    assert_ne!(sent["real_name"], sent["cred_id"]);
}

#[test]
fn sensitive_text_is_checked_and_never_shown() {
    let long = "名".repeat(65);
    for (name, because) in [
        ("", "is empty"),
        (long.as_str(), "has 65 characters; at most 64"),
        ("张\n三", "at position 2 a control character"),
    ] {
        let (field, problem) = refused(Identity::parse(name, "ID_CARD", NUMBER));
        assert_eq!(field, "real_name");
        assert!(problem.contains(because), "{problem}");
        let (field, problem) = refused(Identity::parse(NAME, "ID_CARD", name));
        assert_eq!(field, "cred_id");
        assert!(
            problem.contains(because) && !problem.contains('张'),
            "{problem}"
        );
    }
    for cred_type in ["", "id_card", "PASSPORT", NUMBER] {
        let (field, problem) = refused(Identity::parse(NAME, cred_type, NUMBER));
        assert_eq!(
            (field.as_str(), problem.as_str()),
            ("cred_type", "must be ID_CARD")
        );
    }
    let identity = Identity::parse(NAME, "ID_CARD", NUMBER).expect("parses");
    let params = app_with_name::Params::parse(APPID, CODE, identity).expect("parses");
    let shown = format!("{params:?}");
    assert!(!shown.contains(NAME) && !shown.contains(NUMBER), "{shown}");

    // 64 characters of four bytes each are more than the key can encrypt.
    let identity = Identity::parse(&"𠮷".repeat(64), "ID_CARD", NUMBER).expect("parses");
    let params = app_with_name::Params::parse(APPID, CODE, identity).expect("parses");
    let outcome = app_with_name::prepare(&params, &certs(&merchant()), NOW, &SEEDS);
    let (field, problem) = refused(outcome);
    assert_eq!(field, "real_name");
    assert!(
        problem.contains("256 bytes") && problem.contains("214"),
        "{problem}"
    );
}

#[test]
fn openids_have_different_limits_in_a_body_and_a_path() {
    assert!(Openid::<64>::parse(&"o".repeat(64)).is_ok());
    assert!(Openid::<128>::parse(&"o".repeat(128)).is_ok());
    for (outcome, because) in [
        (refused(Openid::<64>::parse("")), "is empty; 1 to 64"),
        (refused(Openid::<64>::parse(&"o".repeat(65))), "at most 64"),
        (
            refused(Openid::<128>::parse(&"o".repeat(129))),
            "at most 128",
        ),
        (refused(Openid::<128>::parse("o p")), "at position 2"),
        (refused(Openid::<128>::parse(".")), "must not be . or .."),
        (refused(Openid::<128>::parse("..")), "must not be . or .."),
    ] {
        assert_eq!(outcome.0, "openid");
        assert!(outcome.1.contains(because), "{}", outcome.1);
    }
}

#[test]
fn queries_are_encoded_segment_by_segment() {
    let params = by_code::Params::parse("wx?a=1&b", CODE).expect("parses");
    let by_code = signed(&by_code::prepare(&params));
    assert_eq!(by_code.method().as_str(), "GET");
    assert_eq!(
        by_code.path_and_query(),
        "/v3/ecommerce/individual-contracts/out-contract-code/APPLYMENT_00000000001?appid=wx%3Fa%3D1%26b"
    );
    assert!(by_code.body().is_empty());
    assert_eq!(header(&by_code, "Content-Type"), None);

    let params = by_openid::Params::parse(APPID, "o/../p?#%", "INDIVIDUAL_PAYEE").expect("parses");
    let by_openid = signed(&by_openid::prepare(&params));
    assert_eq!(
        by_openid.path_and_query(),
        "/v3/ecommerce/individual-contracts/o%2F..%2Fp%3F%23%25?appid=wxd678efh567h23787&permission_type=INDIVIDUAL_PAYEE"
    );
    assert!(by_openid::prepare(&params).is_repeatable());
    let (field, problem) = refused(PermissionType::parse("individual_payee"));
    assert_eq!(
        (field.as_str(), problem.as_str()),
        ("permission_type", "must be INDIVIDUAL_PAYEE")
    );
}

#[test]
fn contracts_are_read_with_and_without_optional_members() {
    let whole = r#"{"signed_time":"2025-05-20T13:29:35+08:00","auth_state":"AUTHORIZED",
        "individual_auth_id":"1000","individual_openid":"oUpF8","later":{"a":[1]},
        "real_name_auth_result":{"scope":"pay_realname","access_token":"TOKEN",
        "access_token_expire_time":"2025-05-20T15:29:35+08:00","later":1}}"#;
    let contract = signed_by_wechatpay(whole, by_code::process).expect("is of the documented form");
    assert_eq!(contract.signed_time, "2025-05-20T13:29:35+08:00");
    assert_eq!(contract.auth_state, "AUTHORIZED");
    assert_eq!(contract.individual_auth_id.as_deref(), Some("1000"));
    assert_eq!(contract.individual_openid.as_deref(), Some("oUpF8"));
    assert!(!format!("{contract:?}").contains("TOKEN"));
    let name = contract.real_name_auth_result.expect("is there");
    assert_eq!(
        (name.scope.as_str(), name.access_token.as_str()),
        ("pay_realname", "TOKEN")
    );
    assert_eq!(name.access_token_expire_time, "2025-05-20T15:29:35+08:00");

    let least = r#"{"signed_time":"2025-05-20T13:29:35+08:00","auth_state":"LATER",
        "individual_auth_id":null}"#;
    let contract = signed_by_wechatpay(least, by_code::process).expect("is of the documented form");
    assert_eq!(contract.auth_state, "LATER");
    assert_eq!(contract.individual_auth_id, None);
    assert_eq!(contract.real_name_auth_result, None);

    let short = r#"{"individual_auth_id":"1000","auth_state":"UNAUTHORIZED"}"#;
    for error in [
        signed_by_wechatpay(short, by_code::process).expect_err("has no signed_time"),
        signed_by_wechatpay(short, by_openid::process).expect_err("has no operation_time"),
        signed_by_wechatpay(r#"{"pre_entrustweb_id":""}"#, mini_program::process)
            .expect_err("is empty"),
    ] {
        assert_eq!(error.code(), "ERR_RESPONSE_INVALID");
    }
    let whole = r#"{"individual_auth_id":"1","auth_state":"AUTHORIZED",
        "operation_time":"2025-05-20T13:29:35+08:00"}"#;
    let contract =
        signed_by_wechatpay(whole, by_openid::process).expect("is of the documented form");
    assert_eq!(contract.operation_time, "2025-05-20T13:29:35+08:00");
}

#[test]
fn launch_parameters_are_checked() {
    for id in ["", "a&b", "a b", "张", &"x".repeat(129)] {
        let (field, _) = refused(app_launch::Params::parse(APPID, id, CODE));
        assert_eq!(field, "pre_entrustweb_id");
    }
    assert_eq!(
        refused(app_launch::Params::parse("", "id", CODE)).0,
        "appid"
    );
    assert_eq!(
        refused(app_launch::Params::parse(APPID, "id", "a b")).0,
        "out_contract_code"
    );
}

#[test]
fn an_echo_is_what_was_sent() {
    let merchant = merchant();
    let request = echo::prepare("hello", &certs(&merchant), NOW, &[0x5a; 20]).expect("prepares");
    assert!(request.is_repeatable());
    let signed = signed(&request);
    assert_eq!(signed.path_and_query(), "/v3/security/echo");
    assert_eq!(header(&signed, "Wechatpay-Serial"), Some(PUBLIC_KEY_ID));
    let sent = body(&signed);
    assert_eq!(sent["echo_message"], "hello");
    let encrypted = Base64::decode_vec(sent["encrypted_echo_message"].as_str().expect("is text"));
    let owner = parse_private_key(key("wechatpay.pkcs8.pem")).expect("parses");
    assert_eq!(
        *owner
            .decrypt(&encrypted.expect("is base64"), &[1; 32])
            .expect("is decrypted"),
        b"hello"
    );

    let own = parse_private_key(key("merchant.pkcs8.pem")).expect("parses");
    let encrypted = own.public_key().encrypt(b"hello", &[3; 20]).expect("fits");
    let responded = |body: &str| {
        signed_by_wechatpay(body, |response| {
            echo::process(response, "hello", Some(&own), &[4; 32])
        })
    };
    let text = json!({ "echo_message": "hello", "encrypted_echo_message": Base64::encode_string(&encrypted) });
    let echo = responded(&text.to_string()).expect("is an echo");
    assert_eq!(echo.echo_message, "hello");
    assert_eq!(echo.encrypted_echo_message.as_deref(), Some("hello"));
    let echo = responded(r#"{"echo_message":"hello"}"#).expect("is an echo");
    assert_eq!(echo.encrypted_echo_message, None);

    let foreign = owner
        .public_key()
        .encrypt(b"hello", &[3; 20])
        .expect("fits");
    for wrong in [
        json!({ "echo_message": "other" }),
        json!({}),
        json!({ "echo_message": "hello", "encrypted_echo_message": "hello" }),
        json!({ "echo_message": "hello", "encrypted_echo_message": Base64::encode_string(&foreign) }),
    ] {
        let error = responded(&wrong.to_string()).expect_err("is no echo");
        assert_eq!(error.code(), "ERR_RESPONSE_INVALID");
    }
    let outcome = echo::prepare(&"x".repeat(215), &certs(&merchant), NOW, &[0; 20]);
    assert_eq!(refused(outcome).0, "echo_message");
}
