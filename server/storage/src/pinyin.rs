//! The sounds of a name, for searching: every reading of every character, the usual one first. See [`domain::search`].

use domain::{
    search::{self, fold, nfkc},
    site::Site,
};
use pinyin::{ToPinyin, ToPinyinMulti};

/// What a site is found by.
pub fn key(site: &Site) -> String {
    search::key(&sounds(&site.name), &[&site.name, &site.code, &site.address])
}

/// The usual sound of a text, in full and by initials: for what must not make up a password.
pub fn of(text: &str) -> String {
    let usual: Vec<String> =
        sounds(text).into_iter().filter_map(|readings| readings.into_iter().next()).collect();
    let initials: String = usual.iter().filter_map(|reading| reading.chars().next()).collect();
    format!("{} {initials}", usual.concat())
}

/// By what a sentence is found on phones, which have no table of sounds: the initials of every reading of each of its characters,
/// as [`search::key`] writes sounds. `重庆A` → `z/c q a`
pub fn initials(text: &str) -> String {
    let begun = |readings: Vec<String>| {
        let mut initials: Vec<String> = vec![];
        for initial in readings.iter().filter_map(|reading| reading.chars().next()).map(String::from) {
            if !initials.contains(&initial) {
                initials.push(initial);
            }
        }
        initials
    };
    let sounds: Vec<Vec<String>> = sounds(text).into_iter().map(begun).collect();
    search::key(&sounds, &[])
}

/// `重庆A` → `zhong/chong qing a`; what is not Chinese stands as it is, folded.
fn sounds(name: &str) -> Vec<Vec<String>> {
    nfkc(name).chars().filter(|character| character.is_alphanumeric()).map(readings).collect()
}

fn readings(character: char) -> Vec<String> {
    let usual = character.to_pinyin().map(|reading| reading.plain());
    let others = character.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain());
    let mut all: Vec<String> = vec![];
    for reading in usual.into_iter().chain(others) {
        // ü is typed as v or as u.
        for spelt in [reading.replace('ü', "v"), reading.replace('ü', "u")] {
            if !all.contains(&spelt) {
                all.push(spelt);
            }
        }
    }
    if all.is_empty() { vec![fold(&character.to_string())] } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::search::Query;
    use proptest::prelude::*;

    fn finds(name: &str, typed: &str) -> bool {
        let key = search::key(&sounds(name), &[name]);
        Query::new(&nfkc(typed)).finds(&key, &[])
    }

    #[test]
    fn names_are_found_by_every_sound_and_by_initials() {
        for (name, typed) in [
            ("重庆路便利店", "chongqing"),
            ("重庆路便利店", "zhongqing"),
            ("绿城小区", "lvcheng"),
            ("绿城小区", "lucheng"),
            ("绿城小区", "lücheng"),
            ("女子医院", "nvziyiyuan"),
            ("长乐银行", "changle"),
            ("长乐银行", "zhangyueyinhang"),
            ("长乐银行", "clyh"),
            ("锦绣家园 2 号充电棚A", "jxjy2hcdpa"),
            ("锦绣家园 2 号充电棚A", "2hao"),
            ("ＫＴＶ金嗓子", "ktvjin"),
        ] {
            assert!(finds(name, typed), "{name} by {typed}");
        }
        assert!(!finds("重庆路便利店", "chongqingdao"));
    }

    #[test]
    fn sentences_are_found_by_the_initials_of_every_reading() {
        assert!(initials("重庆Ａ").starts_with("z/c") && initials("重庆Ａ").ends_with(" q a"));
        let finds = |words: &str, typed: &str| Query::new(&nfkc(typed)).finds(&initials(words), &[]);
        for (words, typed) in [
            ("消防通道堆放杂物，净宽不足 4 m", "xftd"),
            ("消防通道堆放杂物，净宽不足 4 m", "jkbz4m"),
            ("重物压在电线上", "cwy"),
            ("重物压在电线上", "zwy"),
            ("行人走车行道", "xrzcxd"),
            ("行人走车行道", "hrzchd"),
        ] {
            assert!(finds(words, typed), "{words} by {typed}");
        }
        assert!(!finds("消防通道堆放杂物", "xftj"));
        assert_eq!(initials("。 ！"), "");
    }

    #[test]
    fn names_sort_by_their_usual_sound() {
        let of = |name: &str| search::key(&sounds(name), &[name]);
        assert!(of("安康诊所") < of("重庆路便利店") && of("惠民市场") < of("金河花园"));
    }

    proptest! {
        /// Whatever a name is and whichever reading somebody has in mind, any run of its characters finds it: in full, by
        /// initials, in whatever case and width, with blanks between.
        #[test]
        fn any_run_of_characters_finds_the_name_by_any_reading(
            name in "[重庆绿城长乐行大厦女和吕略的0-9a-zA-ZＡ-Ｚ]{1,20}",
            from in 0_usize..20,
            length in 1_usize..20,
            choices in prop::collection::vec(any::<usize>(), 20),
            full in any::<bool>(),
            shout in any::<bool>(),
        ) {
            let all = sounds(&name);
            let from = from % all.len();
            let run = all.iter().skip(from).take(length).zip(&choices);
            let typed: String = run.map(|(readings, choice)| {
                let reading = &readings[choice % readings.len()];
                if full { reading.clone() } else { reading.chars().take(1).collect() }
            }).collect();
            let typed = if shout { typed.to_uppercase() } else { typed };
            prop_assert!(finds(&name, &typed), "{} by {}", name, typed);
            prop_assert!(finds(&name, &name), "{name} by itself");
        }
    }
}
