//! Text from an untrusted source, made safe for an error or a log line: on one line, of limited
//! length, and without the characters that control a terminal or reverse the direction of the text.

use super::message::{Message, message};

/// `text` cut after `longest` characters. U+FFFD replaces each character that is not printable.
pub(crate) fn shown(text: &str, longest: usize) -> String {
    text.chars()
        .take(longest)
        .map(|c| if prints(c) { c } else { '\u{fffd}' })
        .collect()
}

/// The first words of a page, on one line of `longest` characters: without the tags of HTML, its styles and
/// scripts, and without words of ASCII that are so long that they may be a token.
pub(crate) fn first_words(page: &str, longest: usize) -> String {
    let mut words = String::new();
    let mut hidden = false;
    for (index, piece) in page.split('<').enumerate() {
        let (tag, text) = match index {
            0 => ("", piece),
            _ => piece.split_once('>').unwrap_or((piece, "")),
        };
        let name = tag.strip_prefix('/').unwrap_or(tag).as_bytes();
        let is = |wanted: &[u8]| {
            name.get(..wanted.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
        };
        if is(b"style") || is(b"script") {
            hidden = !tag.starts_with('/');
        }
        for word in text.split(|character| character <= ' ') {
            if !hidden && !word.is_empty() && (word.len() <= 64 || !word.is_ascii()) {
                words.push_str(word);
                words.push(' ');
            }
        }
    }
    shown(words.trim_end(), longest)
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
pub(crate) fn named(name: &str) -> Message {
    if is_plausible(name) {
        message!("`{}`", name)
    } else {
        message!("a name of {} characters", name.chars().count())
    }
}

/// Whether it looks like a name.
pub(crate) fn is_plausible(name: &str) -> bool {
    (1..=24).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
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
    fn shows_the_words_of_a_page() {
        let page = "<html>\r\n<head><title>403 Forbidden</title></head>\n<body class=x>blocked\u{1b}[2J</body>";
        assert_eq!(first_words(page, 99), "403 Forbidden blocked [2J");
        assert_eq!(first_words(page, 5), "403 F");
        assert_eq!(first_words("a > b", 99), "a > b");
        assert_eq!(
            first_words(&format!("id {} 拒绝", "x".repeat(65)), 99),
            "id 拒绝"
        );
        assert_eq!(first_words("<", 99), "");
        let styled = "<STYLE a>p { x: 1 }</Style>one<script>if (a<b) x()</script >two<b\nc>three";
        assert_eq!(first_words(styled, 99), "one two three");
    }

    #[test]
    fn shows_only_plausible_names() {
        assert_eq!(named("merchantId").to_string(), "`merchantId`");
        assert_eq!(named("张三").to_string(), "a name of 2 characters");
        assert_eq!(named("").to_string(), "a name of 0 characters");
        assert_eq!(
            named(&"x".repeat(25)).to_string(),
            "a name of 25 characters"
        );
    }
}
