//! What a password must not be: what others try first.
//!
//! Length counts, and nobody has to mix signs. Refused is what stands on lists of leaked passwords, what repeats or runs
//! on, and what is made of words that everybody knows of this person and this office.

/// Passwords that leaked most often, in small letters, sorted; those of Chinese services and offices among them. The
/// shorter ones are words to which figures are added.
const COMMON: &str = include_str!("password/common.txt");

/// Characters, as OWASP ASVS asks.
pub const SHORTEST: usize = 8;
pub const LONGEST: usize = 128;

/// Letters that must be left of a password without the words that everybody knows.
const OWN_LETTERS: usize = 5;

/// Neighbours on a keyboard, and in the alphabet.
const ROWS: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujm",
    "147258369",
];

/// The product's own names.
const PRODUCT: [&str; 3] = ["xunan", "xun'an", "巡安"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    /// On a list of leaked ones.
    Common,
    /// One sign, or a few, over and over.
    Repeats,
    /// 12345678, qwertyui.
    RunsOn,
    /// A day, or a mobile number.
    DayOrPhone,
    /// Little more than words that everybody knows of the person and the office.
    KnownWords,
}

/// `known`: the account, the person's name in characters and in pinyin, the phone number, the office's name.
pub fn check<'a>(password: &str, known: impl IntoIterator<Item = &'a str>) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort);
    }
    if length > LONGEST {
        return Err(Weakness::TooLong);
    }
    let plain = password.trim().to_lowercase();
    let plainer = without_disguise(&plain);
    if repeats(&plain) {
        return Err(Weakness::Repeats);
    }
    if is_day_or_phone(&plain) {
        return Err(Weakness::DayOrPhone);
    }
    if runs_on(&plain) {
        return Err(Weakness::RunsOn);
    }
    // Against what was appended to be let through.
    let stem_plainer = without_disguise(stem(&plain));
    let stems = [plain.as_str(), &plainer, stem(&plain), &stem_plainer];
    if stems.iter().any(|stem| is_common(stem)) {
        return Err(Weakness::Common);
    }
    if is_made_of(&plain, known) {
        return Err(Weakness::KnownWords);
    }
    Ok(())
}

fn is_common(word: &str) -> bool {
    // Sorted by bytes: looked up in halves.
    let (mut low, mut high) = (0, COMMON.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let begins = COMMON.get(..middle).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
        let line = COMMON.get(begins..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        match line.cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = begins + line.len() + 1,
            std::cmp::Ordering::Greater => high = begins,
        }
    }
    false
}

/// p@ssw0rd as password.
fn without_disguise(word: &str) -> String {
    let plain = |c: char| match c {
        '@' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        other => other,
    };
    word.chars().map(plain).collect()
}

/// Without what stands behind its last letter.
fn stem(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation())
}

/// A few signs over and over, the last time perhaps not whole.
fn repeats(word: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    let few = signs.iter().collect::<std::collections::BTreeSet<_>>().len() <= 2;
    let unit = |size: usize| signs.iter().skip(size).zip(&signs).all(|(later, earlier)| later == earlier);
    few || (1..=signs.len() / 2).any(|size| size <= 4 && unit(size))
}

/// Made of runs of four and more along a row, there or back.
fn runs_on(word: &str) -> bool {
    const RUN: usize = 4;
    let follows = |a: char, b: char| {
        ROWS.iter().any(|row| {
            let mut pairs = row.chars().zip(row.chars().skip(1));
            pairs.any(|pair| pair == (a, b) || pair == (b, a))
        })
    };
    let signs: Vec<char> = word.chars().collect();
    let (mut run, mut in_runs) = (1, 0);
    for (position, sign) in signs.iter().enumerate() {
        let goes_on = signs.get(position + 1).is_some_and(|next| follows(*sign, *next));
        if goes_on {
            run += 1;
        } else {
            in_runs += if run >= RUN { run } else { 0 };
            run = 1;
        }
    }
    signs.len() < in_runs + RUN
}

fn is_day_or_phone(word: &str) -> bool {
    let digits: String = word.chars().filter(|c| !matches!(c, '-' | '.' | '/' | ' ')).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let day = |year, month, day| {
        let fits = |value: Option<u32>, range: std::ops::RangeInclusive<u32>| {
            value.is_some_and(|value| range.contains(&value))
        };
        fits(year, 1920..=2099) && fits(month, 1..=12) && fits(day, 1..=31)
    };
    match digits.len() {
        8 => {
            day(number(0..4), number(4..6), number(6..8))
                || day(number(4..8), number(0..2), number(2..4))
                || day(number(4..8), number(2..4), number(0..2))
        }
        11 => digits.starts_with('1'),
        _ => false,
    }
}

fn is_made_of<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    let mut words: Vec<String> = known.into_iter().flat_map(parts).collect();
    words.extend(PRODUCT.map(str::to_owned));
    // The longest first: what is left of a short one is no word any more.
    words.sort_unstable_by_key(|known| std::cmp::Reverse(known.len()));
    let mut rest = word.to_owned();
    for known in words {
        rest = rest.replace(&known, " ");
    }
    let had_one = rest != word;
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    had_one && letters < OWN_LETTERS
}

/// A name as a whole and its words; too short ones stand in every password by chance.
fn parts(known: &str) -> Vec<String> {
    let known = known.to_lowercase();
    let long = |word: &&str| word.chars().count() >= 4 || !word.is_ascii() && word.chars().count() >= 2;
    let words = known.split(|c: char| !c.is_alphanumeric()).filter(long).map(str::to_owned);
    let letters: String = known.chars().filter(|c| c.is_alphabetic()).collect();
    let whole = [known.replace(' ', ""), letters];
    words.chain(whole.into_iter().filter(|word| long(&word.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["liming1", "李明", "li ming", "13912345678", "新城街道"];

    #[test]
    fn what_others_try_first_is_refused() {
        for (password, weakness) in [
            ("1234567", Weakness::TooShort),
            ("安全第一", Weakness::TooShort),
            ("12345678", Weakness::RunsOn),
            ("87654321", Weakness::RunsOn),
            ("abcdefgh", Weakness::RunsOn),
            ("qwertyuiop", Weakness::RunsOn),
            ("1qaz2wsx", Weakness::RunsOn),
            ("88888888", Weakness::Repeats),
            ("aaaaaaaa", Weakness::Repeats),
            ("abababab", Weakness::Repeats),
            ("123123123", Weakness::Repeats),
            ("password", Weakness::Common),
            ("Password1", Weakness::Common),
            ("P@ssw0rd2026!", Weakness::Common),
            ("woaini1314", Weakness::Common),
            ("a123456789", Weakness::RunsOn),
            ("Dragon!2024", Weakness::Common),
            ("Admin@123", Weakness::Common),
            ("19900101", Weakness::DayOrPhone),
            ("01011990", Weakness::DayOrPhone),
            ("13912345678", Weakness::DayOrPhone),
            ("liming1990", Weakness::KnownWords),
            ("liming1-2026", Weakness::KnownWords),
            ("xunan-liming1", Weakness::KnownWords),
            ("新城街道2026", Weakness::KnownWords),
            ("李明李明2026安", Weakness::KnownWords),
        ] {
            assert_eq!(check(password, KNOWN), Err(weakness), "{password}");
        }
        assert_eq!(check(&"长".repeat(129), KNOWN), Err(Weakness::TooLong));
    }

    #[test]
    fn what_is_long_and_ones_own_is_taken() {
        let good = [
            "correct horse 2026",
            "安全第一警钟长鸣",
            "liming1 likes spicy noodles",
            "kx7-mq2p-vv9h",
            "一只猫坐在窗台上",
            "Zt9!vbQ2",
        ];
        for password in good {
            assert_eq!(check(password, KNOWN), Ok(()), "{password}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_every_line_of_it_is_found() {
        let lines: Vec<_> = COMMON.lines().collect();
        assert!(lines.is_sorted() && lines.len() > 3_000);
        assert!(lines.iter().all(|line| is_common(line)));
        assert!(!is_common("correct horse 2026") && !is_common("") && !is_common("zzzzzzzzzzzz"));
    }
}
