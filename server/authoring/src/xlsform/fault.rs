//! # What is wrong with a workbook
//!
//! Each fault says where: sheet, row, column; what stands there; and what to write instead. A [`Problem`] that is a remark
//! refuses nothing: the form comes in, and its author reads what of the workbook has no place in it.

use crate::expression::ParseError;
use domain::{
    form::FormFault,
    text::{Bilingual, Lang},
};
use i18n::xlsform as t;
use std::fmt;
use workbook::{UnpackError, spot};

/// A place in a workbook; less is known of what concerns a whole sheet or the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Empty: the file.
    pub sheet: String,
    /// From 1.
    pub row: Option<u32>,
    /// From 0.
    pub column: Option<usize>,
    /// What the column is called in the sheet.
    pub heading: String,
}

impl Place {
    pub fn file() -> Self {
        Self::default()
    }

    pub fn sheet(sheet: &str) -> Self {
        Self { sheet: sheet.to_owned(), ..Self::default() }
    }

    pub fn row(sheet: &str, row: u32) -> Self {
        Self { row: Some(row), ..Self::sheet(sheet) }
    }

    pub fn at(self, column: usize) -> Self {
        Self { column: Some(column), ..self }
    }

    pub fn under(self, heading: &str) -> Self {
        Self { heading: heading.to_owned(), ..self }
    }

    /// `survey!F12 (relevant)`
    pub fn words(&self, lang: Lang) -> String {
        let cell = match (self.column, self.row) {
            (Some(column), Some(row)) => format!("!{}", spot::name(column, row)),
            (None, Some(row)) => format!(" {}", t::row(lang, row)),
            (Some(_) | None, None) => String::new(),
        };
        let heading = if self.heading.is_empty() { String::new() } else { format!(" ({})", self.heading) };
        if self.sheet.is_empty() {
            t::file(lang).to_owned()
        } else {
            format!("{}{cell}{heading}", self.sheet)
        }
    }
}

/// One thing that is wrong, or that is not carried over.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub place: Place,
    pub problem: Problem,
}

/// Words in a language, of what is known when the program is built.
pub type Words = fn(Lang) -> &'static str;

#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    // The file.
    NotAWorkbook,
    OldWorkbook,
    Encrypted,
    /// In the part of this name.
    Broken(&'static str),
    TooBig,
    TooSlow,
    Macros,
    SheetMissing(&'static str),
    SheetTwice(String),
    SheetRefused(String),
    TooManyRows(usize),
    TooFar(usize),
    TooLong(usize),
    /// The range.
    Merged(String),
    ErrorValue(String),
    Uncomputed,
    // Headings.
    ColumnMissing(&'static str),
    ColumnTwice(String),
    /// The column, and what to do instead.
    ColumnRefused(String, Advice),
    // A row of the survey.
    TypeMissing,
    TypeUnknown(String),
    TypeRefused(String, Advice),
    NameMissing,
    /// Not made of letters, digits, `-` and `_`; what may be written.
    NameUnfit(String, String),
    NameTwice(String, u32),
    TextMissing,
    /// `${name}` in a text.
    TextRefers(String),
    /// Filled in a column that this type does not use.
    NotOfThisType(String),
    /// A column that this row needs.
    Missing(&'static str),
    ListMissing,
    ListUnknown(String),
    EndWithoutBegin(&'static str),
    NeverEnded(String),
    TooDeep(usize),
    /// Neither of the two words; the first may be tried.
    NotYesNo(String),
    NotANumber(String),
    NotADay(String),
    /// What stands there, and which words may.
    NotOneOf(String, String),
    NotAStandard(String),
    /// The part of the text that it is about.
    Expression(String, ParseError),
    AppearanceRefused(String, Advice),
    ParameterRefused(String, Advice),
    // Choices.
    ChoiceTwice(String, u32),
    TooManyChoices(usize),
    // What the workbook refers to.
    LawUnknown(String),
    KindUnknown(String),
    /// What the form's own rules say, and in words.
    Form(Box<FormFault>, Bilingual),
    /// How many more there are.
    More(usize),
    // Remarks.
    SheetNotRead(String),
    ColumnNotRead(String),
    LanguageNotRead(String),
    AppearanceNotUsed(String),
    ParameterNotUsed(String),
    /// The visit keeps it by itself.
    KeptByVisit(String),
    /// One language lacks the text, and has the other's.
    TextOfOther,
    /// The file that is named is not in the workbook; its author adds it in the editor.
    PictureToAdd(String),
    /// Another file in another language.
    OnePicture,
    UnitTaken,
    /// From, to and decimals of a figure of which the workbook says nothing.
    RangeTaken(String),
    TitleTaken(String),
    VersionTaken(String),
}

/// What to do instead of something that is refused.
#[derive(Clone, Copy)]
pub struct Advice(pub Words);

impl fmt::Debug for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((self.0)(Lang::En))
    }
}

impl PartialEq for Advice {
    fn eq(&self, other: &Self) -> bool {
        (self.0)(Lang::En) == (other.0)(Lang::En)
    }
}

impl From<UnpackError> for Problem {
    fn from(error: UnpackError) -> Self {
        match error {
            UnpackError::Encrypted => Self::Encrypted,
            UnpackError::Broken(part) => Self::Broken(part),
            UnpackError::TooBig => Self::TooBig,
            UnpackError::TooSlow => Self::TooSlow,
        }
    }
}

impl Fault {
    pub fn new(place: Place, problem: Problem) -> Self {
        Self { place, problem }
    }

    /// Whether the form comes in all the same.
    pub fn is_remark(&self) -> bool {
        matches!(
            self.problem,
            Problem::SheetNotRead(_)
                | Problem::ColumnNotRead(_)
                | Problem::LanguageNotRead(_)
                | Problem::AppearanceNotUsed(_)
                | Problem::ParameterNotUsed(_)
                | Problem::KeptByVisit(_)
                | Problem::TextOfOther
                | Problem::PictureToAdd(_)
                | Problem::OnePicture
                | Problem::UnitTaken
                | Problem::RangeTaken(_)
                | Problem::TitleTaken(_)
                | Problem::VersionTaken(_)
        )
    }

    /// Place, problem, and what to do.
    pub fn words(&self, lang: Lang) -> String {
        format!("{}{}{}", self.place.words(lang), t::colon(lang), self.problem.words(lang))
    }
}

impl Problem {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::NotAWorkbook => t::not_a_workbook(lang).to_owned(),
            Self::OldWorkbook => t::old_workbook(lang).to_owned(),
            Self::Encrypted => t::encrypted(lang).to_owned(),
            Self::Broken(part) => t::broken(lang, part),
            Self::TooBig => t::too_big(lang).to_owned(),
            Self::TooSlow => t::too_slow(lang).to_owned(),
            Self::Macros => t::macros(lang).to_owned(),
            Self::SheetMissing(name) => t::sheet_missing(lang, name),
            Self::SheetTwice(name) => t::sheet_twice(lang, name),
            Self::SheetRefused(name) => t::sheet_refused(lang, name),
            Self::TooManyRows(most) => t::too_many_rows(lang, *most),
            Self::TooFar(most) => t::too_far(lang, *most),
            Self::TooLong(most) => t::too_long(lang, *most),
            Self::Merged(range) => t::merged(lang, range),
            Self::ErrorValue(shown) => t::error_value(lang, shown),
            Self::Uncomputed => t::uncomputed(lang).to_owned(),
            Self::ColumnMissing(name) => t::column_missing(lang, name),
            Self::ColumnTwice(name) => t::column_twice(lang, name),
            Self::ColumnRefused(name, advice) => t::column_refused(lang, name, advice.0(lang)),
            Self::TypeMissing => t::type_missing(lang).to_owned(),
            Self::TypeUnknown(word) => t::type_unknown(lang, word),
            Self::TypeRefused(word, advice) => t::type_refused(lang, word, advice.0(lang)),
            Self::NameMissing => t::name_missing(lang).to_owned(),
            Self::NameUnfit(name, offer) => t::name_unfit(lang, name, offer),
            Self::NameTwice(name, row) => t::name_twice(lang, name, *row),
            Self::TextMissing => t::text_missing(lang).to_owned(),
            Self::TextRefers(name) => t::text_refers(lang, name),
            Self::NotOfThisType(word) => t::not_of_this_type(lang, word),
            Self::Missing(column) => t::missing(lang, column),
            Self::ListMissing => t::list_missing(lang).to_owned(),
            Self::ListUnknown(name) => t::list_unknown(lang, name),
            Self::EndWithoutBegin(what) => t::end_without_begin(lang, what),
            Self::NeverEnded(name) => t::never_ended(lang, name),
            Self::TooDeep(most) => t::too_deep(lang, *most),
            Self::NotYesNo(word) => t::not_yes_no(lang, word),
            Self::NotANumber(word) => t::not_a_number(lang, word),
            Self::NotADay(word) => t::not_a_day(lang, word),
            Self::NotOneOf(word, known) => t::not_one_of(lang, word, known),
            Self::NotAStandard(line) => t::not_a_standard(lang, line),
            Self::Expression(part, error) if part.is_empty() => t::expression(lang, error.message.get(lang)),
            Self::Expression(part, error) => t::expression_part(lang, part, error.message.get(lang)),
            Self::AppearanceRefused(word, advice) => t::appearance_refused(lang, word, advice.0(lang)),
            Self::ParameterRefused(word, advice) => t::parameter_refused(lang, word, advice.0(lang)),
            Self::ChoiceTwice(name, row) => t::choice_twice(lang, name, *row),
            Self::TooManyChoices(most) => t::too_many_choices(lang, *most),
            Self::LawUnknown(id) => t::law_unknown(lang, id),
            Self::KindUnknown(word) => t::kind_unknown(lang, word),
            Self::Form(_, words) => words.get(lang).to_owned(),
            Self::More(more) => t::more(lang, *more),
            Self::SheetNotRead(name) => t::sheet_not_read(lang, name),
            Self::ColumnNotRead(name) => t::column_not_read(lang, name),
            Self::LanguageNotRead(name) => t::language_not_read(lang, name),
            Self::AppearanceNotUsed(word) => t::appearance_not_used(lang, word),
            Self::ParameterNotUsed(word) => t::parameter_not_used(lang, word),
            Self::KeptByVisit(word) => t::kept_by_visit(lang, word),
            Self::TextOfOther => t::text_of_other(lang).to_owned(),
            Self::PictureToAdd(file) => t::picture_to_add(lang, file),
            Self::OnePicture => t::one_picture(lang).to_owned(),
            Self::UnitTaken => t::unit_taken(lang).to_owned(),
            Self::RangeTaken(range) => t::range_taken(lang, range),
            Self::TitleTaken(title) => t::title_taken(lang, title),
            Self::VersionTaken(version) => t::version_taken(lang, version),
        }
    }
}
