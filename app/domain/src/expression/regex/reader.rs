//! Reading a pattern.

use super::{GROUPS, Node, RegexError, SIZE, Span};

const DIGITS: &[Span] = &[('0', '9')];
const NO_DIGITS: &[Span] = &[('\0', '/'), (':', char::MAX)];
const WORD: &[Span] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const NO_WORD: &[Span] = &[('\0', '/'), (':', '@'), ('[', '^'), ('`', '`'), ('{', char::MAX)];
const BLANKS: &[Span] = &[('\t', '\r'), (' ', ' ')];
const NO_BLANKS: &[Span] = &[('\0', '\u{8}'), ('\u{e}', '\u{1f}'), ('!', char::MAX)];

type Read<T> = Result<T, RegexError>;

pub(super) fn read(pattern: &str) -> Read<Node> {
    let mut reader = Reader { signs: pattern.chars().collect(), at: 0, groups: 0 };
    let node = reader.either()?;
    if reader.peek().is_some() { Err(RegexError::Unclosed(')')) } else { Ok(node) }
}

struct Reader {
    signs: Vec<char>,
    at: usize,
    groups: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(sign)
    }

    fn takes(&mut self, sign: char) -> bool {
        let is_there = self.peek() == Some(sign);
        self.at += usize::from(is_there);
        is_there
    }

    /// What was read from a place on, to be shown.
    fn since(&self, from: usize) -> String {
        self.signs.iter().take(self.at).skip(from).collect()
    }

    fn unsupported<T>(&self, from: usize) -> Read<T> {
        Err(RegexError::Unsupported(self.since(from)))
    }

    /// Alternatives, to the end or to a bracket that is not ours.
    fn either(&mut self) -> Read<Node> {
        let mut ways = vec![self.sequence()?];
        while self.takes('|') {
            ways.push(self.sequence()?);
        }
        Ok(Node::Either(ways))
    }

    fn sequence(&mut self) -> Read<Node> {
        let mut nodes = vec![];
        while let Some(sign) = self.peek() {
            if matches!(sign, '|' | ')') {
                break;
            }
            let node = self.one()?;
            nodes.push(self.repeated(node)?);
            if nodes.len() > SIZE {
                return Err(RegexError::TooLarge);
            }
        }
        Ok(Node::Sequence(nodes))
    }

    fn one(&mut self) -> Read<Node> {
        let from = self.at;
        match self.next() {
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            // Any but the end of a line.
            Some('.') => Ok(Node::One { of: vec![('\n', '\n'), ('\r', '\r')], is_negated: true }),
            Some('[') => self.class(),
            Some('(') => self.group(from),
            Some('\\') => Ok(Node::One { of: self.escaped()?, is_negated: false }),
            Some(sign @ ('*' | '+' | '?' | '{')) => Err(RegexError::NothingToRepeat(sign)),
            Some(sign @ ('}' | ']')) => Err(RegexError::Unclosed(sign)),
            Some(sign) => Ok(Node::One { of: vec![(sign, sign)], is_negated: false }),
            None => Ok(Node::Sequence(vec![])),
        }
    }

    fn group(&mut self, from: usize) -> Read<Node> {
        self.groups += 1;
        if self.groups > GROUPS {
            return Err(RegexError::TooLarge);
        }
        if self.takes('?') && !self.takes(':') {
            // What it would be shows at the next sign: `(?=`, `(?!`, `(?i`.
            self.next();
            return self.unsupported(from);
        }
        let node = self.either()?;
        self.groups -= 1;
        if self.takes(')') { Ok(node) } else { Err(RegexError::Unclosed('(')) }
    }

    fn repeated(&mut self, node: Node) -> Read<Node> {
        let from = self.at;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.counts()?,
            Some(_) | None => return Ok(node),
        };
        self.at += 1;
        // As few as possible matches the same texts as a whole.
        let _ = self.takes('?');
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            self.at += 1;
            return self.unsupported(from);
        }
        Ok(Node::Repeat { of: Box::new(node), least, most })
    }

    /// Of `{2}`, `{2,}` and `{2,3}`; the closing bracket stays.
    fn counts(&mut self) -> Read<(usize, Option<usize>)> {
        let from = self.at;
        self.at += 1;
        let least = self.figure();
        let most = if self.takes(',') { self.figure() } else { least };
        let is_open = self.signs.get(self.at.saturating_sub(1)) == Some(&',');
        if self.peek() != Some('}') {
            return Err(RegexError::Unclosed('{'));
        }
        let shown = || RegexError::Range(self.since(from) + "}");
        let least = least.ok_or_else(shown)?;
        if most.is_some_and(|most| most < least) {
            return Err(shown());
        }
        if least.max(most.unwrap_or_default()) > SIZE {
            return Err(RegexError::TooLarge);
        }
        Ok((least, if is_open { None } else { most }))
    }

    fn figure(&mut self) -> Option<usize> {
        let mut figure = None;
        while let Some(digit) = self.peek().and_then(|sign| sign.to_digit(10)) {
            self.at += 1;
            figure = Some((figure.unwrap_or(0usize) * 10 + digit as usize).min(SIZE + 1));
        }
        figure
    }

    /// After its opening bracket.
    fn class(&mut self) -> Read<Node> {
        let is_negated = self.takes('^');
        let mut of = vec![];
        loop {
            let from = self.at;
            let sign = self.next().ok_or(RegexError::Unclosed('['))?;
            let read = match sign {
                ']' if of.is_empty() => return Err(RegexError::Unclosed('[')),
                ']' => return Ok(Node::One { of, is_negated }),
                // Dialects differ in what it says.
                '[' => return self.unsupported(from),
                '&' if self.peek() == Some('&') => {
                    self.at += 1;
                    return self.unsupported(from);
                }
                '\\' => self.escaped()?,
                sign => vec![(sign, sign)],
            };
            let is_range =
                self.peek() == Some('-') && !matches!(self.signs.get(self.at + 1), Some(']') | None);
            match (read.as_slice(), is_range) {
                ([(first, same)], true) if first == same => {
                    self.at += 1;
                    let last = match self.next() {
                        Some('\\') => self.escaped()?,
                        Some('[') => return self.unsupported(from),
                        Some(sign) => vec![(sign, sign)],
                        None => return Err(RegexError::Unclosed('[')),
                    };
                    match last.as_slice() {
                        [(last, same)] if last == same && first <= last => of.push((*first, *last)),
                        _ => return Err(RegexError::Range(self.since(from))),
                    }
                }
                _ => of.extend(read),
            }
        }
    }

    /// After its `\`.
    fn escaped(&mut self) -> Read<Vec<Span>> {
        let from = self.at.saturating_sub(1);
        let sign = self.next().ok_or(RegexError::Unclosed('\\'))?;
        let one = |sign: char| Ok(vec![(sign, sign)]);
        match sign {
            'd' => Ok(DIGITS.to_vec()),
            'D' => Ok(NO_DIGITS.to_vec()),
            'w' => Ok(WORD.to_vec()),
            'W' => Ok(NO_WORD.to_vec()),
            's' => Ok(BLANKS.to_vec()),
            'S' => Ok(NO_BLANKS.to_vec()),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'u' => self.code(from, 4),
            'x' => self.code(from, 2),
            sign if sign.is_ascii_alphanumeric() => self.unsupported(from),
            sign => one(sign),
        }
    }

    /// A character by its number in so many figures.
    fn code(&mut self, from: usize, figures: usize) -> Read<Vec<Span>> {
        let mut code = 0;
        for _ in 0..figures {
            match self.next().and_then(|sign| sign.to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => return self.unsupported(from),
            }
        }
        match char::from_u32(code) {
            Some(sign) => Ok(vec![(sign, sign)]),
            None => self.unsupported(from),
        }
    }
}
