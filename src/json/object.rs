//! Writes JSON objects of any members.

use std::fmt::Display;

use super::write::write_text;

/// An object under way. Names are ours and need no escapes.
pub(crate) struct ObjectWriter {
    json: Vec<u8>,
}

impl ObjectWriter {
    pub(crate) fn new() -> Self {
        // As much as a step takes, so that nothing is copied while it is written.
        let mut json = Vec::with_capacity(2_048);
        json.push(b'{');
        Self { json }
    }

    fn name(&mut self, name: &str) -> &mut Vec<u8> {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        write_text(&mut self.json, name);
        self.json.push(b':');
        &mut self.json
    }

    /// A string.
    pub(crate) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        write_text(self.name(name), value);
        self
    }

    /// A string, or no member.
    pub(crate) fn optional_text(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.text(name, value);
        }
        self
    }

    /// A number, or `true` and `false`.
    pub(crate) fn value(&mut self, name: &str, value: impl Display) -> &mut Self {
        let value: &dyn Display = &value;
        self.json(name, &value.to_string())
    }

    /// JSON that is written already.
    pub(crate) fn json(&mut self, name: &str, json: &str) -> &mut Self {
        let all = self.name(name);
        // With room for the end: a large text is not to be copied for it.
        all.reserve(json.len() + 64);
        all.extend_from_slice(json.as_bytes());
        self
    }

    /// An array of strings.
    pub(crate) fn texts<'t>(
        &mut self,
        name: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> &mut Self {
        let json = self.name(name);
        json.push(b'[');
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            write_text(json, text);
        }
        json.push(b']');
        self
    }

    /// An array of arrays of two strings.
    pub(crate) fn pairs(&mut self, name: &str, pairs: &[(String, String)]) -> &mut Self {
        let json = self.name(name);
        json.push(b'[');
        for (index, (one, other)) in pairs.iter().enumerate() {
            json.extend_from_slice(if index == 0 { b"[" } else { b",[" });
            write_text(json, one);
            json.push(b',');
            write_text(json, other);
            json.push(b']');
        }
        json.push(b']');
        self
    }

    /// The object's text.
    pub(crate) fn finish(&mut self) -> String {
        let mut json = std::mem::take(&mut self.json);
        json.push(b'}');
        // Made of strings alone.
        String::from_utf8(json).unwrap_or_default()
    }
}

/// An array of values that are JSON already.
pub(crate) fn array(items: impl IntoIterator<Item = String>) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&item);
    }
    json.push(']');
    json
}

/// A string.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = Vec::new();
    write_text(&mut json, text);
    String::from_utf8(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_serde_reads() {
        let pairs = [
            ("a\"b".to_owned(), "\n".to_owned()),
            (String::new(), "支".to_owned()),
        ];
        let text = ObjectWriter::new()
            .text("text", "\u{1f600}\\")
            .optional_text("none", None)
            .value("number", 7)
            .value("truth", true)
            .json("list", &array(["1".to_owned(), "[]".to_owned()]))
            .pairs("pairs", &pairs)
            .texts("texts", ["a", "\""])
            .texts("no texts", [])
            .finish();
        let read: serde_json::Value = serde_json::from_str(&text).expect("is JSON");
        let expected = serde_json::json!({
            "text": "\u{1f600}\\", "number": 7, "truth": true, "list": [1, []],
            "pairs": [["a\"b", "\n"], ["", "支"]], "texts": ["a", "\""], "no texts": [],
        });
        assert_eq!(read, expected);
        assert_eq!(ObjectWriter::new().finish(), "{}");
    }
}
