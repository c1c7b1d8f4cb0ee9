//! Text that somebody else chose, as an error or a log line may show it: on one line, bounded, and
//! without the characters that steer a terminal or turn the line around.

/// `text` with what does not print replaced by U+FFFD, cut after `longest` characters.
pub(crate) fn shown(text: &str, longest: usize) -> String {
    text.chars()
        .take(longest)
        .map(|c| if prints(c) { c } else { '\u{fffd}' })
        .collect()
}

/// Control characters, line and paragraph ends, and the bidirectional formats (Unicode 16, section
/// 23.2; Unicode Standard Annex 9).
fn prints(character: char) -> bool {
    !(character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

/// `name` in backquotes where it looks like a name; otherwise how long it is. It stands where a name
/// belongs, and may be anything, a key among it.
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
    fn names_what_looks_like_a_name() {
        assert_eq!(named("merchantId"), "`merchantId`");
        assert_eq!(named("张三"), "a name of 2 characters");
        assert_eq!(named(""), "a name of 0 characters");
        assert_eq!(named(&"x".repeat(25)), "a name of 25 characters");
    }
}
