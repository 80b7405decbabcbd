//! 执法证件: without one nobody inspects in the office's name.

use crate::limits::tidy_line;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Certificate {
    /// 证号
    pub number: String,
    /// 发证机关
    #[serde(default)]
    pub issuer: String,
    /// The last day on which it is valid.
    pub valid_until: NaiveDate,
}

impl Certificate {
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        day <= self.valid_until
    }

    /// The one of these that is valid longest; none where there is none.
    pub fn newest(all: &[Self]) -> Option<&Self> {
        all.iter().max_by_key(|held| held.valid_until)
    }

    /// As they are typed and stand in lists: `0173/区司法局/2027-12-31`, with a line or a semicolon between several.
    ///
    /// # Errors
    /// The first that is none, as it was typed.
    pub fn read_all(words: &str) -> Result<Vec<Self>, String> {
        let each = words.split(['\n', '、', ';', '；']).map(tidy_line).filter(|one| !one.is_empty());
        each.map(|one| Self::read(&one).ok_or(one)).collect()
    }

    fn read(words: &str) -> Option<Self> {
        let mut parts = words.split(['/', '／']).map(str::trim);
        let (number, issuer) = (parts.next()?, parts.next()?);
        // However a spreadsheet wrote the day.
        let day = parts.collect::<Vec<_>>().join("-").replace(['.', '年', '月'], "-").replace('日', "");
        let mut figures = day.split('-').map(str::parse::<u32>);
        let (year, month, day) = (figures.next()?.ok()?, figures.next()?.ok()?, figures.next()?.ok()?);
        let valid_until = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let is_one = !number.is_empty() && figures.next().is_none();
        is_one.then(|| Self { number: number.to_owned(), issuer: issuer.to_owned(), valid_until })
    }

    /// The same words again, a line each.
    pub fn lines(all: &[Self], between: &str) -> String {
        let each = all.iter().map(|held| format!("{}/{}/{}", held.number, held.issuer, held.valid_until));
        each.collect::<Vec<_>>().join(between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_however_the_day_is_written() {
        let until = |day| NaiveDate::from_ymd_opt(2027, 12, day).unwrap();
        let held = |number: &str, day| Certificate {
            number: number.into(),
            issuer: "区司法局".into(),
            valid_until: until(day),
        };
        for words in [
            "0173/区司法局/2027-12-31",
            " 0173 / 区司法局 / 2027.12.31 ",
            "0173/区司法局/2027/12/31",
            "0173／区司法局／2027年12月31日\n",
        ] {
            assert_eq!(Certificate::read_all(words), Ok(vec![held("0173", 31)]), "{words}");
        }
        let both = vec![held("0173", 31), held("0219", 1)];
        for between in ["\n", "；"] {
            assert_eq!(Certificate::read_all(&Certificate::lines(&both, between)), Ok(both.clone()));
        }
        assert_eq!(Certificate::read_all(" \n "), Ok(vec![]));
        for words in [
            "0173",
            "0173/区司法局",
            "/区司法局/2027-12-31",
            "0173/区司法局/2027-13-01",
            "0173/区司法局/明年",
        ] {
            assert_eq!(Certificate::read_all(words), Err(words.to_owned()));
        }
    }

    #[test]
    fn it_is_valid_to_the_end_of_its_last_day() {
        let day = NaiveDate::from_ymd_opt(2027, 12, 31).unwrap();
        let held = Certificate { number: "0173".into(), issuer: String::new(), valid_until: day };
        assert!(held.is_valid_on(day) && !held.is_valid_on(day.succ_opt().unwrap()));
    }
}
