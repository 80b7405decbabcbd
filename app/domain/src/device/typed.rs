//! What a thumb types where a figure is asked for.
//!
//! Where the meaning is clear it is taken: full-width digits, a unit or a measure word behind the figure, Chinese numerals,
//! thousands grouped, a comma for the point. Where it is not, nothing is guessed.

use crate::{form::NumberRule, json::float, text::Lang};

/// Why it is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    NotANumber,
    /// Behind it stands another unit than is asked for.
    OtherUnit,
    /// Things are counted in whole ones.
    NotWhole,
    Negative,
    TooLarge,
}

/// Words that count things and change nothing.
const MEASURE_WORDS: [&str; 32] = [
    "个", "处", "只", "具", "台", "件", "人", "名", "户", "间", "层", "次", "条", "套", "辆", "盏", "块",
    "张", "根", "支", "把", "瓶", "罐", "箱", "袋", "部", "座", "栋", "组", "项", "家", "扇",
];

/// Names of one unit.
const SAME: [&[&str]; 12] = [
    &["m", "米"],
    &["cm", "厘米"],
    &["mm", "毫米"],
    &["km", "公里", "千米"],
    &["m2", "m²", "㎡", "平方米", "平米"],
    &["m3", "m³", "立方米"],
    &["kg", "千克", "公斤"],
    &["l", "升"],
    &["℃", "°c", "度", "摄氏度"],
    &["%", "个百分点"],
    &["min", "分钟", "分"],
    &["mpa", "兆帕"],
];

/// A figure, in the unit that is asked for; none where nothing was typed.
pub fn figure(words: &str, measure: &NumberRule) -> Result<Option<f64>, Unclear> {
    let Some((number, unit)) = parted(words)? else { return Ok(None) };
    if is_unit(&unit, measure) {
        float(&number).map(Some).ok_or(Unclear::NotANumber)
    } else {
        Err(Unclear::OtherUnit)
    }
}

/// A number of things; none where nothing was typed.
pub fn count(words: &str, measure: &NumberRule) -> Result<Option<u32>, Unclear> {
    let Some((number, unit)) = parted(words)? else { return Ok(None) };
    if !is_unit(&unit, measure) && !MEASURE_WORDS.contains(&unit.as_str()) {
        return Err(Unclear::OtherUnit);
    }
    if number.starts_with('-') {
        return Err(Unclear::Negative);
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if fraction.chars().any(|digit| digit != '0') {
        return Err(Unclear::NotWhole);
    }
    whole.parse().map(Some).map_err(|_| Unclear::TooLarge)
}

fn is_unit(written: &str, measure: &NumberRule) -> bool {
    let same = |one: &str| {
        one == written || SAME.iter().any(|names| names.contains(&one) && names.contains(&written))
    };
    written.is_empty() || [Lang::Zh, Lang::En].iter().any(|lang| same(&folded(measure.unit.get(*lang))))
}

/// Half-width and small, without room around it.
fn folded(words: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        '−' | '–' => '-',
        other => other,
    };
    words.chars().map(half).collect::<String>().trim().to_ascii_lowercase()
}

/// The figure as a program writes it, and what stands behind it.
fn parted(words: &str) -> Result<Option<(String, String)>, Unclear> {
    let words = folded(words);
    if words.is_empty() {
        return Ok(None);
    }
    let is_of_number = |c: char| c.is_ascii_digit() || ".,+-".contains(c);
    let end = words.find(|c| !is_of_number(c)).unwrap_or(words.len());
    let (number, unit) = words.split_at(end);
    if number.is_empty() {
        let end = words.find(|c| numeral(c).is_none()).unwrap_or(words.len());
        let (number, unit) = words.split_at(end);
        let number = chinese(number).ok_or(Unclear::NotANumber)?;
        return Ok(Some((number.to_string(), unit.trim().to_owned())));
    }
    // A second figure behind the first: nobody can tell which is meant.
    if unit.chars().any(|c| c.is_ascii_digit() || numeral(c).is_some())
        && !SAME.iter().any(|names| names.contains(&unit.trim()))
    {
        return Err(Unclear::NotANumber);
    }
    let number = plain(number).ok_or(Unclear::NotANumber)?;
    Ok(Some((number, unit.trim().to_owned())))
}

/// Digits with at most one point; a comma groups thousands or is the point, and where it could be anything else, nothing.
fn plain(number: &str) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (sign, rest) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    if fraction.is_some_and(|fraction| !digits(fraction)) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let (whole, fraction) = match groups.as_slice() {
        [one] => ((*one).to_owned(), fraction),
        [first, rest @ ..] if (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3) => {
            (groups.concat(), fraction)
        }
        [one, after] if fraction.is_none() && after.len() <= 2 => ((*one).to_owned(), Some(*after)),
        _ => return None,
    };
    if !digits(&whole) || fraction.is_some_and(|fraction| !digits(fraction)) {
        return None;
    }
    Some(fraction.map_or_else(|| format!("{sign}{whole}"), |fraction| format!("{sign}{whole}.{fraction}")))
}

/// What a numeral stands for: itself below ten, else what it multiplies by.
fn numeral(c: char) -> Option<u32> {
    const ONES: &str = "零一二三四五六七八九";
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '两' => Some(2),
        '〇' => Some(0),
        other => ONES.chars().zip(0..).find(|(one, _)| *one == other).map(|(_, value)| value),
    }
}

/// Up to 999, as one says it: 三, 十二, 二十, 一百零五.
pub(crate) fn chinese(words: &str) -> Option<u32> {
    let (mut sum, mut ones, mut least) = (0, None, 1_000);
    for c in words.chars() {
        match numeral(c)? {
            times @ (10 | 100) if times < least => {
                sum += ones.take().unwrap_or(1) * times;
                least = times;
            }
            0 if ones.is_none() && sum > 0 => {}
            value if value < 10 && ones.is_none() => ones = Some(value),
            _ => return None,
        }
    }
    let shown = ones.is_some() || sum > 0;
    shown.then(|| sum + ones.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Bilingual;

    fn measure(zh: &str, en: &str) -> NumberRule {
        let unit = Bilingual::new(zh, en);
        NumberRule { unit, decimals: 0, from: 0.0, to: 10_000.0 }
    }

    #[test]
    fn counts_are_taken_where_their_meaning_is_clear() {
        let pieces = measure("具", "pieces");
        for (words, meant) in [
            ("3", 3),
            ("３", 3),
            (" 3 ", 3),
            ("3个", 3),
            ("３ 具", 3),
            ("3 pieces", 3),
            ("三", 3),
            ("两个", 2),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("1,500", 1_500),
            ("１，５００", 1_500),
            ("3.0", 3),
            ("+3", 3),
            ("007", 7),
        ] {
            assert_eq!(count(words, &pieces), Ok(Some(meant)), "{words}");
        }
        assert_eq!(count("  ", &pieces), Ok(None));
        for (words, why) in [
            ("1,5", Unclear::NotWhole),
            ("1.5", Unclear::NotWhole),
            ("-1", Unclear::Negative),
            ("3米", Unclear::OtherUnit),
            ("3到5", Unclear::NotANumber),
            ("3-5", Unclear::NotANumber),
            ("约3", Unclear::NotANumber),
            ("很多", Unclear::NotANumber),
            ("3 4", Unclear::NotANumber),
            ("1,50,0", Unclear::NotANumber),
            ("99999999999", Unclear::TooLarge),
            ("1e3", Unclear::NotANumber),
            ("十百", Unclear::NotANumber),
        ] {
            assert_eq!(count(words, &pieces), Err(why), "{words}");
        }
    }

    #[test]
    fn figures_are_taken_in_the_unit_that_is_asked_for() {
        let metres = measure("m", "m");
        for (words, meant) in [
            ("1.5", 1.5),
            ("1,5", 1.5),
            ("1，5", 1.5),
            ("１．５", 1.5),
            ("1。5", 1.5),
            ("1.5米", 1.5),
            ("1.5 M", 1.5),
            ("1,234.5", 1_234.5),
            ("-2", -2.0),
            ("四", 4.0),
        ] {
            assert_eq!(figure(words, &metres), Ok(Some(meant)), "{words}");
        }
        for (words, why) in [
            ("30cm", Unclear::OtherUnit),
            ("1.5.2", Unclear::NotANumber),
            (".", Unclear::NotANumber),
            ("1,", Unclear::NotANumber),
            ("inf", Unclear::NotANumber),
            ("NaN", Unclear::NotANumber),
        ] {
            assert_eq!(figure(words, &metres), Err(why), "{words}");
        }
    }
}
