//! Known texts, and a comparison with `serde_json` on generated texts.

use super::{Json, OtherForm, object_of_texts};

/// Well-formed JSON: the corner cases of RFC 8259's grammar.
const WELL_FORMED: [&str; 26] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0e-0",
    "1E+9",
    "1.5e400",
    "123456789012345678901234567890",
    "\"\"",
    "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\ud83d\\ude00\"",
    "\"\\uD83D\\uDE00 \u{7f}\u{2028}\"",
    "\"参数错误\"",
    " \t\r\n1 \t\r\n",
    "[]",
    "[ ]",
    "{}",
    "{ }",
    "[[[[]]]]",
    "[1,2 , 3]",
    "{\"\":{\"\":[{}]}}",
    "{\"a\" : 1 , \"b\":[ ] }",
    "{\"a\":1,\"a\":2}",
    "[\"\\\\\",\"\\\"\"]",
    "[{\"a\":[1,{\"b\":null}]},[],{},\"\",0]",
];

/// Malformed JSON.
const MALFORMED: [&str; 44] = [
    "",
    " ",
    "nul",
    "nulll",
    "True",
    "NaN",
    "Infinity",
    "+1",
    "01",
    "-",
    "-01",
    "1.",
    ".5",
    "1e",
    "1e+",
    "1.e1",
    "0x10",
    "1 2",
    "'a'",
    "\"",
    "\"a",
    "\"\\",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u123g\"",
    "\"\\u+123\"",
    "\"\n\"",
    "\"\u{0}\"",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\" 1}",
    "[1}",
    "\u{feff}1",
];

#[test]
fn well_formed_and_malformed_texts() {
    for text in WELL_FORMED {
        assert!(Json::parse(text.as_bytes()).is_some(), "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok() || text.contains("e400"));
    }
    for text in MALFORMED {
        assert!(Json::parse(text.as_bytes()).is_none(), "{text}");
    }
    assert!(Json::parse(b"\"\xff\"").is_none());
    for control in 0..0x20_u8 {
        assert!(
            Json::parse(&[b'"', control, b'"']).is_none(),
            "{control:#x}"
        );
    }
}

#[test]
fn nests_half_a_million_brackets() {
    let deep = "[".repeat(500_000) + &"]".repeat(500_000);
    assert!(Json::parse(deep.as_bytes()).is_some());
    assert!(Json::parse(&deep.as_bytes()[1..]).is_none());
    assert!(Json::parse("{\"a\":".repeat(500_000).as_bytes()).is_none());
}

#[test]
fn reads_members() {
    let text =
        br#" {"a":"1", "b" : null, "\u0063":{"a":[]}, "d":["x","y"], "e":2, "e":3, "\ud800":0 } "#;
    let object = Json::parse(text).unwrap().object().unwrap();
    assert_eq!(object.text("a"), Ok("1".to_owned()));
    assert_eq!(object.optional_text("b"), Ok(None));
    assert_eq!(object.text("b"), Err(OtherForm));
    assert_eq!(object.member("c").unwrap().unwrap().get(), r#"{"a":[]}"#);
    assert_eq!(object.optional_text("c"), Err(OtherForm));
    let items = object.member("d").unwrap().unwrap().items().unwrap();
    assert_eq!(
        items.map(Json::text).collect::<Vec<_>>(),
        [Some("x".to_owned()), Some("y".to_owned())]
    );
    assert_eq!(object.member("e"), Err(OtherForm));
    assert_eq!(object.member("f"), Ok(None));
    assert_eq!(Json::parse(b"[]").unwrap().items().unwrap().count(), 0);
    assert!(Json::parse(b"[]").unwrap().object().is_err());
    assert!(Json::parse(b"{}").unwrap().items().is_err());
    assert_eq!(
        Json::parse(b"{}").unwrap().object().unwrap().member(""),
        Ok(None)
    );
}

#[test]
fn reads_texts_and_numbers() {
    let text = |json: &str| Json::parse(json.as_bytes()).unwrap().text();
    assert_eq!(
        text(r#""\ud83d\ude00\u00e9\/\"\\""#),
        Some("\u{1f600}é/\"\\".to_owned())
    );
    for halved in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ud83d\ud83d""#,
        r#""\ud83d\u0041""#,
    ] {
        assert_eq!(text(halved), None, "{halved}");
    }
    assert_eq!(text("1"), None);
    let number = |json: &str| Json::parse(json.as_bytes()).unwrap().number();
    assert_eq!(number("205"), Some(205));
    for other in [
        "-1",
        "1.0",
        "1e3",
        "\"1\"",
        "null",
        "99999999999999999999999",
    ] {
        assert_eq!(number(other), None, "{other}");
    }
}

#[test]
fn writes_objects() {
    assert_eq!(object_of_texts(&[]), b"{}");
    let all: String = (0..=0x80_u8)
        .map(char::from)
        .chain("é\u{2028}😀".chars())
        .collect();
    assert_eq!(
        String::from_utf8(object_of_texts(&[("a", all.as_str()), ("b", "")])).unwrap(),
        format!(
            "{{\"a\":{},\"b\":\"\"}}",
            serde_json::to_string(&all).unwrap()
        ),
    );
}

#[cfg(not(target_arch = "wasm32"))]
mod compared_with_serde_json {
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::value::RawValue;

    use super::super::Json;

    /// Texts that are nearly JSON: pieces of JSON in any order.
    fn nearly_json() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            " ",
            "a",
            "\\u00e9",
            "\\ud83d\\ude00",
            "0",
            "1",
            "-",
            ".",
            "e",
            "null",
            "true",
            "\"a\":",
            "\"b\"",
            "1,",
            "\n",
            "\u{1}",
            "é",
        ]);
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c\"\\\\é]{0,2}", inner, 0..6)
                    .prop_map(|members| Value::from(serde_json::Map::from_iter(members))),
            ]
        })
    }

    fn reads_the_same(ours: Json<'_>, theirs: &Value) -> Result<(), TestCaseError> {
        match theirs {
            Value::String(text) => prop_assert_eq!(ours.text(), Some(text.clone())),
            Value::Array(values) => {
                let items: Vec<_> = ours.items().unwrap().collect();
                prop_assert_eq!(items.len(), values.len());
                for (item, value) in items.into_iter().zip(values) {
                    reads_the_same(item, value)?;
                }
            }
            Value::Object(members) => {
                let object = ours.object().unwrap();
                for (name, value) in members {
                    match object.member(name).unwrap() {
                        Some(member) => reads_the_same(member, value)?,
                        None => prop_assert!(value.is_null()),
                    }
                }
            }
            _ => {
                prop_assert!(ours.text().is_none() && ours.object().is_err());
                prop_assert_eq!(
                    ours.number().map(Value::from).unwrap_or(theirs.clone()),
                    theirs.clone()
                );
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn both_accept_the_same_texts(text in nearly_json()) {
            let theirs = serde_json::from_str::<&RawValue>(&text).ok().map(RawValue::get);
            prop_assert_eq!(Json::parse(text.as_bytes()).map(Json::get), theirs);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<Vec<u8>>()) {
            let _ = Json::parse(&text);
        }

        #[test]
        fn both_read_the_same_values(value in any_value(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            reads_the_same(Json::parse(text.unwrap().as_bytes()).unwrap(), &value)?;
        }
    }
}
