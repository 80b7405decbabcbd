//! # How much may be given, and of what shape
//!
//! One place for the limit of every text, list, number and day. The phone asks before it queues, a form before it is
//! saved, the server before it believes: the same functions, and the same words for what is wrong, which name the field
//! and the limit ([`OverLimit`]). What the records' parts are held to stands beside: [`records`] for what the desk keeps,
//! [`operations`] for what devices send.

pub mod operations;
pub mod records;

use crate::photo::PhotoFacts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Characters of a free text: a note, a reason, what was seen.
pub const TEXT: usize = 2_000;
/// Of a name: a site's, a person's, a place's, a department's, an authority's.
pub const NAME: usize = 100;
/// Of a site's code on the wall.
pub const CODE: usize = 40;
/// Of a telephone number, extension and spaces included.
pub const PHONE: usize = 40;
pub const ADDRESS: usize = 200;
pub const USERNAME: usize = 40;
/// Of what is searched for.
pub const QUERY: usize = 100;
/// Of the name of a form, a question, an option, a kind; the catalogue's have far fewer.
pub const SLUG: usize = 100;

/// Photos of one place in a record: an answer, a finding, a rectification.
pub const PHOTOS: usize = PhotoFacts::MOST;
/// Kinds of one site.
pub const KINDS: usize = 20;
/// 责任人 of one site.
pub const CONTACTS: usize = 20;
/// People of one party.
pub const PARTY_PEOPLE: usize = 20;
/// Grids of one person.
pub const GRIDS: usize = 200;
/// Of a prefix of numbers.
pub const PREFIX: usize = 8;
/// Communities of one person.
pub const COMMUNITIES: usize = 50;
/// Sites of one enterprise contact or school officer.
pub const SITES: usize = 500;
/// Sectors of one department.
pub const SECTORS: usize = 40;
/// Answers of one visit; a long form with as many rooms as it takes has fewer.
pub const ANSWERS: usize = 3_000;
/// Answers of one form that are kept for its next visit.
pub const LAST_ANSWERS: usize = 100;
/// Characters of a text among them: enough to be compared, or to begin with.
pub const LAST_TEXT: usize = 200;
/// Bytes of all of them as JSON: those of ten forms travel in one operation with the visit that went by them.
pub const LAST_BYTES: usize = 8 * 1024;
/// Days between two visits.
pub const INTERVAL: (i64, i64) = (1, 3_650);
/// Forms of one visit.
pub const FORMS: usize = 10;
/// Hazards of one answer.
pub const HAZARDS: usize = 10;
/// Who was there beside the inspector: a handful.
pub const PARTICIPANTS: usize = 10;
/// Sentences of an office that its phones are told of.
pub const PHRASES: usize = 200;
/// Dots of what is drawn on a pad: a long name, slowly written.
pub const DOTS: usize = 4_000;
/// Of one line of it.
pub const DOTS_OF_LINE: usize = 1_000;
/// Whoever carries out one administrative inspection.
pub const OFFICERS: usize = 10;
/// Matters of an office's published list.
pub const MATTERS: usize = 500;
/// Certificates of one person.
pub const CERTIFICATES: usize = 5;
/// Notices that one operation says were seen.
pub const NOTICES: usize = 200;
/// Rules of an office that say who is told what.
pub const NOTICE_RULES: usize = 40;
/// Ways out of the house by which an office's notices go.
pub const NOTICE_CHANNELS: usize = 20;
/// Mailboxes of one channel.
pub const NOTICE_MAILBOXES: usize = 10;
/// Characters of a channel's address, its key included.
pub const NOTICE_ADDRESS: usize = 500;
/// Of the address at which a browser takes messages.
pub const PUSH_ENDPOINT: usize = 1_000;
/// Of what an SMS gateway is sent, before its fields are filled in.
pub const NOTICE_TEMPLATE: usize = 2_000;
/// Sites of one plan of spot checks.
pub const SPOT_CHECK_SITES: usize = 100;
/// Sites that a draw is made from.
pub const DRAW_SITES: usize = 10_000;
/// People whom it may send.
pub const DRAW_PEOPLE: usize = 500;
/// The weight of a site in it; the least is 1.
pub const DRAW_WEIGHT: u32 = 1_000_000;
/// People who commit words for its seed.
pub const DRAW_COMMITMENTS: usize = 20;
/// Who is to keep away from which site, of one draw.
pub const DRAW_AVOIDANCES: usize = 200;
/// Characters of what its seed comes from.
pub const DRAW_LINE: usize = 200;
/// A picture's width or height in pixels; 0 where the phone could not read it.
pub const PIXELS: (i64, i64) = (0, 65_535);

/// The first day that a record may name.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default()
}

/// The last.
pub fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2100, 12, 31).unwrap_or_default()
}

/// What a limit is about; forms call their fields by the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Code,
    Phone,
    Address,
    Username,
    Duty,
    Leader,
    Contacts,
    CreditCode,
    People,
    Post,
    Kinds,
    Grids,
    Communities,
    Sites,
    Sectors,
    Interval,
    DeviceName,
    Query,
    Latitude,
    Longitude,
    Accuracy,
    What,
    Basis,
    Responsible,
    Measures,
    Contingency,
    Reason,
    Authority,
    Note,
    Answer,
    Answers,
    Hazards,
    Photos,
    Form,
    Forms,
    Participants,
    Question,
    Attributes,
    Deadline,
    Until,
    Due,
    Pixels,
    Camera,
    Report,
    Matter,
    Approval,
    Notice,
    EntryCode,
    Officers,
    Certificates,
    Issuer,
    Meet,
    Bring,
    Notices,
    Channels,
    Template,
    Secret,
    Success,
    Days,
}

impl Field {
    /// As forms send it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Code => "code",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Username => "username",
            Self::Duty => "duty",
            Self::Leader => "leader",
            Self::Contacts => "contacts",
            Self::CreditCode => "credit_code",
            Self::People => "people",
            Self::Post => "post",
            Self::Kinds => "kinds",
            Self::Grids => "grids",
            Self::Communities => "communities",
            Self::Sites => "sites",
            Self::Sectors => "sectors",
            Self::Interval => "interval",
            Self::DeviceName => "device_name",
            Self::Query => "query",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Accuracy => "accuracy",
            Self::What => "what",
            Self::Basis => "basis",
            Self::Responsible => "responsible",
            Self::Measures => "measures",
            Self::Contingency => "contingency",
            Self::Reason => "reason",
            Self::Authority => "authority",
            Self::Note => "note",
            Self::Answer => "answer",
            Self::Answers => "answers",
            Self::Hazards => "hazards",
            Self::Photos => "photos",
            Self::Form => "form",
            Self::Forms => "forms",
            Self::Participants => "participants",
            Self::Question => "question",
            Self::Attributes => "attributes",
            Self::Deadline => "deadline",
            Self::Until => "until",
            Self::Due => "due",
            Self::Pixels => "pixels",
            Self::Camera => "camera",
            Self::Report => "report",
            Self::Matter => "matter",
            Self::Approval => "approval",
            Self::Notice => "notice",
            Self::EntryCode => "entry_code",
            Self::Officers => "officers",
            Self::Certificates => "certificates",
            Self::Issuer => "issuer",
            Self::Meet => "meet",
            Self::Bring => "bring",
            Self::Notices => "notices",
            Self::Channels => "channels",
            Self::Template => "template",
            Self::Secret => "secret",
            Self::Success => "success",
            Self::Days => "days",
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// More characters than this.
    TooLong(u32),
    /// More of them than this.
    TooMany(u32),
    /// A character that no person types.
    Control,
    /// A character that cannot be seen, or that turns the writing round.
    Invisible,
    /// `<` or `>`.
    Markup,
    /// Other characters than letters, digits and a few signs.
    Letters,
    /// A number outside these two.
    Outside(i64, i64),
    /// A day before 2020 or after 2100.
    Day,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{}: {excess:?}", field.as_str())]
pub struct OverLimit {
    pub field: Field,
    pub excess: Excess,
}

pub type Checked = Result<(), OverLimit>;

fn over(field: Field, excess: Excess) -> Checked {
    Err(OverLimit { field, excess })
}

fn count(most: usize) -> u32 {
    u32::try_from(most).unwrap_or(u32::MAX)
}

fn within(field: Field, text: &str, most: usize) -> Checked {
    // Bytes first: counting the characters of a megabyte is work, too.
    let fits = text.len() <= most || (text.len() <= most * 4 && text.chars().count() <= most);
    if fits { Ok(()) } else { over(field, Excess::TooLong(count(most))) }
}

/// A free text of several lines: no control characters but the end of a line.
pub fn check_text(field: Field, text: &str) -> Checked {
    within(field, text, TEXT)?;
    if text.chars().any(|c| c.is_control() && c != '\n') { over(field, Excess::Control) } else { Ok(()) }
}

/// One line that stands in lists, titles and file names: nothing invisible, nothing that reads as markup.
pub fn check_line(field: Field, line: &str, most: usize) -> Checked {
    within(field, line, most)?;
    for c in line.chars() {
        match c {
            '<' | '>' => return over(field, Excess::Markup),
            c if c.is_control() => return over(field, Excess::Control),
            c if is_invisible(c) => return over(field, Excess::Invisible),
            _ => {}
        }
    }
    Ok(())
}

/// A name, of whatever: see [`check_line`].
pub fn check_name(field: Field, name: &str) -> Checked {
    check_line(field, name, NAME)
}

pub fn check_code(code: &str) -> Checked {
    check_line(Field::Code, code, CODE)
}

pub fn check_phone(phone: &str) -> Checked {
    check_line(Field::Phone, phone, PHONE)
}

pub fn check_address(address: &str) -> Checked {
    check_line(Field::Address, address, ADDRESS)
}

/// Letters, digits and `-_.` only.
pub fn check_username(username: &str) -> Checked {
    within(Field::Username, username, USERNAME)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if username.chars().all(fits) { Ok(()) } else { over(Field::Username, Excess::Letters) }
}

/// A name of the catalogue: printable ASCII without spaces.
pub fn check_slug(field: Field, slug: &str) -> Checked {
    within(field, slug, SLUG)?;
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\'');
    if slug.chars().all(fits) { Ok(()) } else { over(field, Excess::Letters) }
}

pub fn check_count(field: Field, of: usize, most: usize) -> Checked {
    if of <= most { Ok(()) } else { over(field, Excess::TooMany(count(most))) }
}

pub fn check_number(field: Field, number: i64, (from, to): (i64, i64)) -> Checked {
    if (from..=to).contains(&number) { Ok(()) } else { over(field, Excess::Outside(from, to)) }
}

/// Degrees or metres; what is no number is outside of everything.
pub fn check_measure(field: Field, number: f64, (from, to): (i64, i64)) -> Checked {
    let fits = number >= from as f64 && number <= to as f64;
    if fits { Ok(()) } else { over(field, Excess::Outside(from, to)) }
}

/// A day that a person chose: a deadline, a date on a label.
pub fn check_day(field: Field, day: NaiveDate) -> Checked {
    if (first_day()..=last_day()).contains(&day) { Ok(()) } else { over(field, Excess::Day) }
}

/// Characters that take no room, fill room with nothing, or turn the direction of what follows.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// What a person typed or pasted, with line ends as one character and without what nobody can see or what turns the direction of
/// the rest: so that nobody is refused for what a keyboard or a clipboard added, and nothing reads otherwise than it was written.
pub fn tidy_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    let is_seen = |c: &char| (!c.is_control() || *c == '\n') && !is_invisible(*c);
    text.chars().filter(is_seen).collect::<String>().trim().to_owned()
}

/// The same of one line.
pub fn tidy_line(line: &str) -> String {
    let line = line.replace(['\r', '\n', '\t', '\u{2028}', '\u{2029}', '\u{a0}'], " ");
    let seen: String = line.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}
