//! Pinyin of a name, for searching: full without tones, then initials, one space between.

use pinyin::ToPinyin;

/// `金河花园` → `jinhehuayuan jhhy`; what is not Chinese stands as it is, in lower case.
pub fn of(name: &str) -> String {
    let mut full = String::new();
    let mut initials = String::new();
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        match character.to_pinyin() {
            Some(reading) => {
                full.push_str(reading.plain());
                initials.push_str(reading.first_letter());
            }
            None => {
                full.extend(character.to_lowercase());
                initials.extend(character.to_lowercase());
            }
        }
    }
    format!("{full} {initials}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_sound_and_by_initials() {
        assert_eq!(of("金河花园"), "jinhehuayuan jhhy");
        assert_eq!(of("锦绣家园 2 号充电棚A"), "jinxiujiayuan2haochongdianpenga jxjy2hcdpa");
    }
}
