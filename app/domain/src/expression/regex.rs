//! Patterns of `regex()`: the part that every dialect agrees on, matched in time that grows with text and pattern and no faster.
//!
//! A pattern has to match the whole text, as ODK says. Known are signs, `.`, classes, `\d \w \s \D \W \S`, `\u4e00` and `\x41`,
//! escaped signs, groups, `|`, `* + ? {2} {2,} {2,3}`, `^` and `$`. Whatever else somebody writes is refused when the form
//! is published; a pattern that stands is one that is understood.

mod matcher;
mod reader;

use thiserror::Error;

/// Steps of a pattern at the most, once repetitions are written out.
const SIZE: usize = 2_000;

/// Groups inside groups at the most.
const GROUPS: usize = 32;

/// A pattern that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Regex {
    steps: Vec<Step>,
}

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegexError {
    #[error("`{0}` is not understood")]
    Unsupported(String),
    #[error("`{0}` is not closed, or has no beginning")]
    Unclosed(char),
    #[error("`{0}` has nothing before it to repeat")]
    NothingToRepeat(char),
    #[error("`{0}` is no range")]
    Range(String),
    #[error("the pattern is too long")]
    TooLarge,
}

/// Characters from one to another, both included.
type Span = (char, char);

#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// A character of these; or, negated, of the others.
    One {
        of: Vec<Span>,
        is_negated: bool,
    },
    Start,
    End,
    /// On with both.
    Split(usize, usize),
    Jump(usize),
}

impl Regex {
    pub fn new(pattern: &str) -> Result<Self, RegexError> {
        let node = reader::read(pattern)?;
        let mut program = Program::default();
        program.emit(&node)?;
        Ok(Self { steps: program.steps })
    }
}

/// A pattern as it is written.
#[derive(Debug, Clone)]
enum Node {
    One {
        of: Vec<Span>,
        is_negated: bool,
    },
    Start,
    End,
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat {
        of: Box<Node>,
        least: usize,
        /// None: as often as one likes.
        most: Option<usize>,
    },
}

#[derive(Default)]
struct Program {
    steps: Vec<Step>,
    /// Nodes that were written out. Those that make no step count too: nothing can be repeated without end, either.
    emitted: usize,
}

impl Program {
    fn emit(&mut self, node: &Node) -> Result<(), RegexError> {
        self.emitted += 1;
        if self.emitted > SIZE {
            return Err(RegexError::TooLarge);
        }
        match node {
            Node::One { of, is_negated } => {
                self.steps.push(Step::One { of: of.clone(), is_negated: *is_negated });
            }
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.emit(node))?,
            Node::Either(nodes) => {
                let mut ends = vec![];
                for (place, node) in nodes.iter().enumerate() {
                    if place + 1 == nodes.len() {
                        self.emit(node)?;
                    } else {
                        let split = self.reserve();
                        self.emit(node)?;
                        ends.push(self.reserve());
                        self.split(split);
                    }
                }
                let end = self.steps.len();
                ends.into_iter().for_each(|place| self.set(place, Step::Jump(end)));
            }
            Node::Repeat { of, least, most } => {
                for _ in 0..*least {
                    self.emit(of)?;
                }
                let Some(most) = most else {
                    let split = self.reserve();
                    self.emit(of)?;
                    self.steps.push(Step::Jump(split));
                    self.split(split);
                    return Ok(());
                };
                let mut splits = vec![];
                for _ in *least..*most {
                    splits.push(self.reserve());
                    self.emit(of)?;
                }
                splits.into_iter().for_each(|split| self.split(split));
            }
        }
        Ok(())
    }

    /// A place for a step that leads to where nothing stands yet.
    fn reserve(&mut self) -> usize {
        self.steps.push(Step::Jump(0));
        self.steps.len() - 1
    }

    /// From there on either to what follows it, or to here.
    fn split(&mut self, from: usize) {
        self.set(from, Step::Split(from + 1, self.steps.len()));
    }

    fn set(&mut self, place: usize, step: Step) {
        if let Some(stands) = self.steps.get_mut(place) {
            *stands = step;
        }
    }
}
