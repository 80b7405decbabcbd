//! What an expression looks at, found out once when a form is opened: what changes has to be worked out again, and no more.

use super::{Expression, Operator, function::Function};
use crate::id::QuestionId;
use std::collections::BTreeSet;

/// What an expression asks for besides answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// When the visit began.
    pub time: bool,
    /// The site's kinds and attributes.
    pub site: bool,
    /// The visit before.
    pub last: bool,
    /// Which instance of a repeat one stands in.
    pub position: bool,
}

impl Needs {
    pub(super) const NONE: Self = Self { time: false, site: false, last: false, position: false };
    pub(super) const TIME: Self = Self { time: true, ..Self::NONE };
    pub(super) const SITE: Self = Self { site: true, ..Self::NONE };
    pub(super) const LAST: Self = Self { last: true, ..Self::NONE };
    pub(super) const POSITION: Self = Self { position: true, ..Self::NONE };
    /// Tables are made of what is known of the site and of the visit before.
    pub(super) const TABLES: Self = Self { site: true, last: true, ..Self::NONE };

    fn and(self, other: Self) -> Self {
        Self {
            time: self.time || other.time,
            site: self.site || other.site,
            last: self.last || other.last,
            position: self.position || other.position,
        }
    }
}

impl Expression {
    /// Every question and repeat that `${…}` names.
    pub fn references(&self) -> BTreeSet<&QuestionId> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut BTreeSet<&'a QuestionId>) {
        if let Self::Answer(question) = self {
            found.insert(question);
        }
        for part in self.parts() {
            part.collect(found);
        }
    }

    pub fn needs(&self) -> Needs {
        let own = if let Self::Call(function, _) = self { function.signature().needs } else { Needs::NONE };
        self.parts().into_iter().fold(own, |needs, part| needs.and(part.needs()))
    }

    /// Whether `.` is asked for, by itself or by `once()`.
    pub fn looks_at_this(&self) -> bool {
        matches!(self, Self::This | Self::Call(Function::Once, _))
            || self.parts().into_iter().any(Self::looks_at_this)
    }

    /// The texts that answers are compared with, so that a choice that is not offered is found out when a form is published.
    /// A text with blanks stands for several choices. Empty ones ask whether there is an answer, and are left out; so are
    /// comparisons of `.`, given as None.
    pub fn words_compared(&self) -> Vec<(Option<&QuestionId>, &str)> {
        let pair = match self {
            Self::Binary(Operator::Equal | Operator::NotEqual, left, right) => Some((&**left, &**right)),
            Self::Call(Function::Selected, arguments) => match arguments.as_slice() {
                [left, right] => Some((left, right)),
                _ => None,
            },
            Self::Number(_)
            | Self::Text(_)
            | Self::Answer(_)
            | Self::This
            | Self::Negative(_)
            | Self::Binary(..)
            | Self::Call(..) => None,
        };
        let of_pair = match pair {
            Some((Self::Answer(question), Self::Text(word)) | (Self::Text(word), Self::Answer(question))) => {
                Some((Some(question), word.as_str()))
            }
            Some((Self::This, Self::Text(word)) | (Self::Text(word), Self::This)) => {
                Some((None, word.as_str()))
            }
            Some(_) | None => None,
        };
        let below = self.parts().into_iter().flat_map(Self::words_compared);
        of_pair.into_iter().filter(|(_, word)| !word.is_empty()).chain(below).collect()
    }
}
