//! The grammar of RFC 8259, and nothing else: where a value ends, if it is a value.

/// A position in a text.
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

    /// How many bytes the scanner has passed.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Passes `byte` if it is the next byte.
    fn skips(&mut self, byte: u8) -> bool {
        let is_next = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expects(&mut self, byte: u8) -> Option<()> {
        self.skips(byte).then_some(())
    }

    /// Passes white space (section 2).
    pub(super) fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// Whether the text ends here.
    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Passes one value with everything in it. It does not recurse: 500,000 nested brackets would
    /// overflow the stack.
    pub(super) fn value(&mut self) -> Option<()> {
        // The closing brackets that are still missing.
        let mut open = Vec::new();
        loop {
            self.skip_white_space();
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
            // A value has ended, and perhaps also the values around it.
            loop {
                let Some(&closing) = open.last() else {
                    return Some(());
                };
                self.skip_white_space();
                if self.skips(closing) {
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
        self.skip_white_space();
        self.skips(bracket)
    }

    /// Passes a member's name and its colon.
    pub(super) fn name(&mut self) -> Option<()> {
        self.skip_white_space();
        self.expects(b'"')?;
        self.rest_of_string()?;
        self.skip_white_space();
        self.expects(b':')
    }

    /// Passes the bracket or comma before the next item of an object or array; `None` after the
    /// last item.
    pub(super) fn enters(&mut self, opening: u8, closing: u8) -> Option<()> {
        let is_first = self.skips(opening);
        self.skip_white_space();
        if self.skips(closing) || !(is_first || self.skips(b',')) {
            return None;
        }
        self.skip_white_space();
        Some(())
    }

    /// A string (section 7) after its opening quotation mark.
    fn rest_of_string(&mut self) -> Option<()> {
        loop {
            // What needs no look is passed at once: that is most of every text.
            let rest = self.text.get(self.at..)?;
            self.at += rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | ..=0x1f))?;
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
                _ => return None,
            }
        }
    }

    /// A number (section 6) after its minus sign.
    fn number(&mut self) -> Option<()> {
        if !self.skips(b'0') {
            self.digits()?;
        }
        if self.skips(b'.') {
            self.digits()?;
        }
        if self.skips(b'e') || self.skips(b'E') {
            let _ = self.skips(b'+') || self.skips(b'-');
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
