//! # The XML of a part, piece by piece
//!
//! No document type is taken, so nothing is ever included or expanded; nesting and the size of a piece are bounded.

use crate::{
    UnpackError,
    archive::{Part, Stopped},
};
use quick_xml::{
    Reader, XmlVersion,
    errors::Error,
    events::{BytesStart, Event},
};
use std::{cell::Cell, io::BufReader, rc::Rc};

/// How deep elements may lie in each other.
const DEEPEST: usize = 64;

/// Attributes of one element that are looked at.
const MOST_ATTRIBUTES: usize = 32;

/// One piece of a part. Names are without their prefix.
pub enum Piece {
    Open(Element),
    Close(String),
    Text(String),
}

/// An element's name and attributes.
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }
}

pub struct Xml<'a> {
    reader: Reader<BufReader<Part<'a>>>,
    buffer: Vec<u8>,
    since: Rc<Cell<usize>>,
    depth: usize,
    name: &'static str,
}

impl<'a> Xml<'a> {
    /// `name` is what damage is told by.
    pub fn new(part: Part<'a>, name: &'static str) -> Self {
        let since = part.since();
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: vec![], since, depth: 0, name }
    }

    /// None at the end. Text may come in several pieces.
    #[expect(clippy::should_implement_trait, reason = "an iterator gives no errors that end it")]
    pub fn next(&mut self) -> Result<Option<Piece>, UnpackError> {
        let broken = UnpackError::Broken(self.name);
        loop {
            self.buffer.clear();
            self.since.set(0);
            let event =
                self.reader.read_event_into(&mut self.buffer).map_err(|error| stopped(&error, self.name))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(broken);
                    }
                    Piece::Open(element(&start).ok_or(broken)?)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let named = |name: &str| match name {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    };
                    let character = match reference.resolve_char_ref().map_err(|_| broken.clone())? {
                        Some(character) => Some(character),
                        None => named(&reference.xml10_content()),
                    };
                    Piece::Text(character.ok_or(broken)?.to_string())
                }
                Event::DocType(_) => return Err(broken),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = vec![];
    // Looking for doubles costs the square of their number.
    for attribute in start.attributes().with_checks(false).take(MOST_ATTRIBUTES) {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Some(Element { name, attributes })
}

fn stopped(error: &Error, name: &'static str) -> UnpackError {
    if let Error::Io(error) = error
        && let Some(stopped) = error.get_ref().and_then(|error| error.downcast_ref::<Stopped>())
    {
        return stopped.0.clone();
    }
    UnpackError::Broken(name)
}
