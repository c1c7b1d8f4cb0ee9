//! The grammar of RFC 8259, and nothing else: where a value ends, if it is one.

/// A place in a text.
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
        }
    }

    /// How many bytes are behind.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Goes past `byte`, if it is the next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expects(&mut self, byte: u8) -> Option<()> {
        self.takes(byte).then_some(())
    }

    /// Goes past white space (section 2).
    pub(super) fn white(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Goes past one value with all that is in it. Without recursion: 500,000 brackets would end whoever
    /// walks them on the stack.
    pub(super) fn value(&mut self) -> Option<()> {
        // The brackets that are still to be closed.
        let mut open = Vec::new();
        loop {
            self.white();
            match self.next()? {
                b'{' if !self.closes(b'}') => {
                    self.name()?;
                    open.push(b'}');
                    continue;
                }
                b'[' if !self.closes(b']') => {
                    open.push(b']');
                    continue;
                }
                b'{' | b'[' => {}
                b'"' => self.rest_of_string()?,
                b'-' => self.number()?,
                b'0'..=b'9' => {
                    self.at -= 1;
                    self.number()?;
                }
                b't' => self.literal(b"rue")?,
                b'f' => self.literal(b"alse")?,
                b'n' => self.literal(b"ull")?,
                _ => return None,
            }
            // A value has ended, and perhaps what it stands in.
            loop {
                let Some(&closing) = open.last() else {
                    return Some(());
                };
                self.white();
                if self.takes(closing) {
                    open.pop();
                    continue;
                }
                self.expects(b',')?;
                if closing == b'}' {
                    self.name()?;
                }
                break;
            }
        }
    }

    fn closes(&mut self, bracket: u8) -> bool {
        self.white();
        self.takes(bracket)
    }

    /// Goes past a member's name and its colon.
    pub(super) fn name(&mut self) -> Option<()> {
        self.white();
        self.expects(b'"')?;
        self.rest_of_string()?;
        self.white();
        self.expects(b':')
    }

    /// Goes past a bracket or a comma before what is next in an object or array; `None` behind the last.
    pub(super) fn enters(&mut self, opening: u8, closing: u8) -> Option<()> {
        let is_first = self.takes(opening);
        self.white();
        if self.takes(closing) || !(is_first || self.takes(b',')) {
            return None;
        }
        self.white();
        Some(())
    }

    /// A string (section 7), its first quotation mark behind.
    fn rest_of_string(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => {
                        for _ in 0..4 {
                            self.next().filter(u8::is_ascii_hexdigit)?;
                        }
                    }
                    _ => return None,
                },
                0..=0x1f => return None,
                _ => {}
            }
        }
    }

    /// A number (section 6), its minus sign behind.
    fn number(&mut self) -> Option<()> {
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Some(())
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let first = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > first).then_some(())
    }

    fn literal(&mut self, rest: &[u8]) -> Option<()> {
        rest.iter().try_for_each(|&byte| self.expects(byte))
    }
}
