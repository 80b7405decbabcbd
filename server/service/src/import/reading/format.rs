//! # What a number shows
//!
//! A workbook keeps a number and a format; people see what the format makes of it: `0012`, `3-1`, `12%`. The formats
//! that lists use are followed; of rarer ones the digits count.

use super::{Cell, Nature};
use crate::import::columns::typed_with_year;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};

/// Digits that a spreadsheet keeps.
const DIGITS: f64 = 1e15;

/// How a style shows numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    General,
    /// A day, a time, or both, in this code.
    Day(String),
    /// Anything else.
    Number(String),
}

/// A format in its workbook.
pub struct Shape<'a> {
    pub format: Option<&'a Format>,
    pub since_1904: bool,
}

impl Format {
    pub fn parse(code: &str) -> Self {
        let code: String = code.chars().take(255).collect();
        let plain = code.trim();
        if plain.eq_ignore_ascii_case("general") || plain == "@" || plain.is_empty() {
            return Self::General;
        }
        // General shows E in some languages; days have y, m, d, h or s outside of what is quoted.
        let is_day = tokens(plain)
            .iter()
            .any(|token| matches!(token, Token::Letter(letter) if "ymdhs".contains(*letter)));
        if is_day { Self::Day(plain.to_owned()) } else { Self::Number(plain.to_owned()) }
    }

    /// Formats that workbooks name by number alone, as a Chinese spreadsheet has them.
    pub fn built_in(id: u32) -> Self {
        Self::parse(match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 | 48 => "0.00E+00",
            14 => "yyyy/m/d",
            15 => "d-m-yy",
            16 => "m-d",
            17 => "yy-m",
            18..=21 | 32 | 33 | 45..=47 => "h:mm",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 50..=52 | 54 | 58 => "m\"月\"d\"日\"",
            30 => "m-d-yy",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            34 | 35 | 53 | 55 | 56 => "h:mm",
            37..=40 => "#,##0",
            _ => "General",
        })
    }
}

impl Shape<'_> {
    /// The cell that people see for this number.
    pub fn show(&self, value: &str) -> Cell {
        let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return Cell { text: value.to_owned(), nature: Nature::Fault };
        };
        match self.format {
            Some(Format::Day(code)) => self.day(code, number).unwrap_or_else(|| general(number)),
            Some(Format::Number(code)) if number.abs() < DIGITS => {
                let text = shown(code, number);
                let nature = if code.contains('%') { Nature::Percent } else { Nature::Number };
                Cell { text, nature }
            }
            Some(Format::General | Format::Number(_)) | None => general(number),
        }
    }

    fn day(&self, code: &str, number: f64) -> Option<Cell> {
        let begins = if self.since_1904 {
            NaiveDate::from_ymd_opt(1904, 1, 1)
        } else {
            NaiveDate::from_ymd_opt(1899, 12, 30)
        };
        let whole = number.floor();
        if !(0.0..3_000_000.0).contains(&whole) {
            return None;
        }
        let day = begins?.checked_add_days(Days::new(whole as u64))?;
        let seconds = ((number - whole) * 86_400.0).round().min(86_399.0) as u32;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
        let has = |wanted: char| {
            tokens(code).iter().any(|token| matches!(token, Token::Letter(letter) if *letter == wanted))
        };
        // What is typed to become such a day: `3-1`, or with the year where that is shown too. Which, nobody can say.
        let typed = match (has('y'), has('d')) {
            (true, true) => typed_with_year(day.year(), day.month(), day.day()).join("\n"),
            (true, false) => format!("{}-{}", day.year() % 100, day.month()),
            (false, _) => format!("{}-{}", day.month(), day.day()),
        };
        Some(Cell { text: dated(code, day, time), nature: Nature::Day(typed) })
    }
}

/// All digits of a whole number: what a narrow cell shortens to `1.39E+10` is still kept.
fn general(number: f64) -> Cell {
    if number.abs() >= DIGITS {
        return Cell { text: format!("{number:.0}"), nature: Nature::Rounded };
    }
    // A spreadsheet shows ten digits at the most; what arithmetic left behind them is not seen.
    let text = if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        let digits = number.abs().log10().floor().max(0.0) as usize + 1;
        let text = format!("{number:.*}", 12usize.saturating_sub(digits).min(10));
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    Cell { text, nature: Nature::Number }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// Shown as it stands.
    Word(String),
    /// Of a day or a time, in lower case; one for each letter.
    Letter(char),
    /// `0`, `#`, `?`
    Digit(char),
    /// `.`, `,`, `%`
    Sign(char),
    /// `E+00` and `E-00`
    Power,
}

/// Of the format's first part, without colours and conditions.
fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = vec![];
    let mut rest = code.chars().peekable();
    while let Some(character) = rest.next() {
        tokens.push(match character {
            '"' => Token::Word(rest.by_ref().take_while(|c| *c != '"').collect()),
            '\\' => Token::Word(rest.next().map(String::from).unwrap_or_default()),
            // A gap as wide as the next character, or one that fills the cell.
            '_' | '*' => {
                rest.next();
                Token::Word(String::new())
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                match inside.to_ascii_lowercase().as_str() {
                    "h" | "hh" | "m" | "mm" | "s" | "ss" => Token::Letter('h'),
                    _ => Token::Word(String::new()),
                }
            }
            ';' => break,
            'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => {
                while matches!(rest.peek(), Some('+' | '-' | '0' | '#')) {
                    rest.next();
                }
                Token::Power
            }
            '0' | '#' | '?' => Token::Digit(character),
            '.' | ',' | '%' => Token::Sign(character),
            '@' => Token::Word(String::new()),
            letter if "ymdhsYMDHS".contains(letter) => Token::Letter(letter.to_ascii_lowercase()),
            other => Token::Word(other.to_string()),
        });
    }
    tokens
}

fn dated(code: &str, day: NaiveDate, time: NaiveTime) -> String {
    let mut shown = String::new();
    let tokens = tokens(code);
    let mut at = 0;
    let mut after_hour = false;
    while let Some(token) = tokens.get(at) {
        let Token::Letter(letter) = token else {
            match token {
                Token::Word(word) => shown.push_str(word),
                Token::Sign(sign) => shown.push(*sign),
                Token::Digit(_) | Token::Power | Token::Letter(_) => {}
            }
            at += 1;
            continue;
        };
        let count = tokens[at..].iter().take_while(|next| *next == token).count();
        at += count;
        let wide = count > 1;
        let number = match letter {
            'y' if count > 2 => i64::from(day.year()),
            'y' => i64::from(day.year() % 100),
            'm' if after_hour => i64::from(time.minute()),
            'm' => i64::from(day.month()),
            'd' => i64::from(day.day()),
            'h' => i64::from(time.hour()),
            _ => i64::from(time.second()),
        };
        after_hour = *letter == 'h';
        let digits = if wide { format!("{number:02}") } else { number.to_string() };
        shown.push_str(&digits);
    }
    shown
}

fn shown(code: &str, number: f64) -> String {
    let tokens = tokens(code);
    if tokens.contains(&Token::Power) {
        return general(number).text;
    }
    let percent = tokens.contains(&Token::Sign('%'));
    let number = if percent { number * 100.0 } else { number };
    let point = tokens.iter().position(|token| *token == Token::Sign('.')).unwrap_or(tokens.len());
    let digits = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let decimals = digits(&tokens[point..]);
    let places = digits(&tokens[..point]);
    if places + decimals == 0 {
        return general(number).text;
    }
    let rounded = format!("{:.*}", decimals.min(15), number.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let least = tokens[..point].iter().filter(|token| **token == Token::Digit('0')).count();
    let whole = format!("{whole:0>least$}");
    let mut whole =
        if least == 0 && whole.trim_start_matches('0').is_empty() { String::new() } else { whole };
    let mut shown = String::new();
    // Digits beyond the places stand before the first of them.
    let mut seen = 0;
    for token in &tokens[..point] {
        match token {
            Token::Digit(_) => {
                let extra = if seen == 0 { whole.len().saturating_sub(places) } else { 0 };
                let due = places - seen;
                seen += 1;
                if whole.len() >= due && !whole.is_empty() {
                    shown.extend(whole.drain(..(extra + 1).min(whole.len())));
                }
            }
            Token::Word(word) => shown.push_str(word),
            Token::Sign('%') => shown.push('%'),
            Token::Sign(_) | Token::Letter(_) | Token::Power => {}
        }
    }
    let mut left = fraction.chars();
    let needed = tokens[point..].iter().rposition(|token| *token == Token::Digit('0'));
    let mut part = String::new();
    for (at, token) in tokens[point..].iter().enumerate() {
        match token {
            Token::Digit(_) => {
                let digit = left.next().unwrap_or('0');
                let rest_is_nothing = digit == '0' && left.clone().all(|digit| digit == '0');
                if needed.is_some_and(|needed| at <= needed) || !rest_is_nothing {
                    part.push(digit);
                }
            }
            Token::Word(word) => part.push_str(word),
            Token::Sign('%') => part.push('%'),
            Token::Sign('.') if decimals > 0 => part.push('.'),
            Token::Sign(_) | Token::Letter(_) | Token::Power => {}
        }
    }
    shown.push_str(part.strip_suffix('.').unwrap_or(&part));
    if number < 0.0 && shown.contains(|c: char| ('1'..='9').contains(&c)) {
        format!("-{shown}")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: &str) -> (String, Nature) {
        let format = Format::parse(code);
        let cell = Shape { format: Some(&format), since_1904: false }.show(value);
        (cell.text, cell.nature)
    }

    #[test]
    fn numbers_show_what_their_format_makes_of_them() {
        for (code, value, seen) in [
            ("0000", "12", "0012"),
            ("000000000000", "37166880011", "037166880011"),
            ("General", "13900000071", "13900000071"),
            ("General", "1.5", "1.5"),
            ("General", "0.1", "0.1"),
            ("General", "34.855015", "34.855015"),
            ("General", "0.30000000000000004", "0.3"),
            ("0", "3.0", "3"),
            ("0.00", "2", "2.00"),
            ("#,##0", "1234567", "1234567"),
            ("\"XC\"0000", "57", "XC0057"),
            ("000\\-0000\\-0000", "13900000071", "139-0000-0071"),
            ("0.##", "3.50", "3.5"),
            ("#", "0", ""),
            ("0_ ", "7", "7"),
            ("[Red]0;[Blue]-0", "7", "7"),
            ("@", "12", "12"),
        ] {
            assert_eq!(show(code, value), (seen.to_owned(), Nature::Number), "{code} {value}");
        }
        assert_eq!(show("0%", "0.12"), ("12%".to_owned(), Nature::Percent));
    }

    #[test]
    fn days_say_what_may_have_been_typed() {
        let day = |text: &str, typed: &str| (text.to_owned(), Nature::Day(typed.to_owned()));
        assert_eq!(show("m-d", "46082"), day("3-1", "3-1"));
        assert_eq!(show("yyyy-mm-dd", "46082"), day("2026-03-01", "26-3-1\n2026-3-1\n3-1"));
        assert_eq!(show("m\"月\"d\"日\"", "46082"), day("3月1日", "3-1"));
        assert_eq!(show("mmm-yy", "46082").1, Nature::Day("26-3".to_owned()));
        assert_eq!(show("h:mm", "0.5").0, "12:00");
        assert_eq!(show("yyyy-mm-dd", "-1e300").1, Nature::Rounded);
    }

    #[test]
    fn digits_that_were_lost_are_known_to_be_lost() {
        assert_eq!(show("General", "9.141010078501235e+17").1, Nature::Rounded);
        assert_eq!(show("0", "9.141010078501235e+17").1, Nature::Rounded);
        assert_eq!(show("General", "inf").1, Nature::Fault);
    }
}
