//! Text from an untrusted source, made safe for an error or a log line: on one line, of limited
//! length, and without the characters that control a terminal or reverse the direction of the text.

/// `text` cut after `longest` characters. U+FFFD replaces each character that is not printable.
pub(crate) fn shown(text: &str, longest: usize) -> String {
    text.chars()
        .take(longest)
        .map(|c| if prints(c) { c } else { '\u{fffd}' })
        .collect()
}

/// False for control characters, line and paragraph separators, and the bidirectional formatting
/// characters (Unicode 16, section 23.2; Unicode Standard Annex 9).
pub(crate) fn prints(character: char) -> bool {
    !(character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

/// `name` in backquotes if it looks like a name; otherwise only its length. The caller may have
/// passed anything in the place of a name, even a key.
pub(crate) fn named(name: &str) -> String {
    let plausible = (1..=24).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    if plausible {
        format!("`{name}`")
    } else {
        format!("a name of {} characters", name.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_text_on_one_line() {
        assert_eq!(shown("参数错误 \u{1f600}", 99), "参数错误 \u{1f600}");
        assert_eq!(
            shown("a\nb\u{1b}[31mc\u{202e}d\u{7f}\u{85}", 99),
            "a\u{fffd}b\u{fffd}[31mc\u{fffd}d\u{fffd}\u{fffd}"
        );
        assert_eq!(shown("长长长", 2), "长长");
    }

    #[test]
    fn shows_only_plausible_names() {
        assert_eq!(named("merchantId"), "`merchantId`");
        assert_eq!(named("张三"), "a name of 2 characters");
        assert_eq!(named(""), "a name of 0 characters");
        assert_eq!(named(&"x".repeat(25)), "a name of 25 characters");
    }
}
