//! Writes objects of strings. The protocol's own calls send nothing else.

/// An object of these members, in this order. Names are written without escapes, because they are
/// constants of this crate.
pub(crate) fn object_of_texts(members: &[(&str, &str)]) -> Vec<u8> {
    let mut json = Vec::new();
    for (name, value) in members {
        json.push(if json.is_empty() { b'{' } else { b',' });
        write_text(&mut json, name);
        json.push(b':');
        write_text(&mut json, value);
    }
    if json.is_empty() {
        json.push(b'{');
    }
    json.push(b'}');
    json
}

/// A string. Escapes only what RFC 8259, section 7, requires, each in its shortest form.
pub(super) fn write_text(json: &mut Vec<u8>, text: &str) {
    json.push(b'"');
    let mut rest = text.as_bytes();
    // What needs no escape is copied as one piece: that is most of every text.
    while let Some(at) = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | ..=0x1f))
    {
        let (plain, special) = rest.split_at(at);
        json.extend_from_slice(plain);
        if let [byte, behind @ ..] = special {
            write_escape(json, *byte);
            rest = behind;
        }
    }
    json.extend_from_slice(rest);
    json.push(b'"');
}

fn write_escape(json: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        0..=0x1f => {
            let low = byte & 0xf;
            let digit = if low < 10 {
                b'0' + low
            } else {
                b'a' + low - 10
            };
            json.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), digit]);
            return;
        }
        other => other,
    };
    json.extend_from_slice(&[b'\\', short]);
}
