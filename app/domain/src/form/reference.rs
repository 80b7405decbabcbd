//! 引用: what a form names by an id of the catalogue, and how whoever writes the form finds it.

use crate::{
    law::{Law, LawStatus},
    search::{self, Query},
    text::{Bilingual, Lang},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many are shown at a time; who wants another types more.
pub const MOST_FOUND: usize = 20;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// 场所类别
    SiteKind,
    /// A sentence of law, a criterion among them.
    Law,
    /// A sentence that says when a hazard is major.
    Criterion,
    /// 方案条款
    Clause,
}

impl ReferenceKind {
    /// Whether a form names several at one place.
    pub fn several(self) -> bool {
        match self {
            Self::SiteKind | Self::Law | Self::Clause => true,
            Self::Criterion => false,
        }
    }
}

/// One of them, in the person's language. Sentences of law are Chinese as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub id: String,
    /// `《中华人民共和国消防法》第二十八条`
    pub name: String,
    /// The sentence; a kind of site has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whom or what it is about, where that has to be known to choose it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    pub status: LawStatus,
}

/// The best of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct References {
    /// At most [`MOST_FOUND`].
    pub found: Vec<Reference>,
    /// How many fit besides.
    pub more: usize,
}

/// Something that can be found.
#[derive(Debug, Clone)]
pub struct Findable {
    pub id: String,
    pub name: Bilingual,
    pub text: Bilingual,
    /// Of a sentence, the text in which it stands.
    law: Option<Law>,
    /// Folded: the id, names and numbers.
    keys: Vec<String>,
    /// Folded.
    words: String,
}

impl Findable {
    /// `besides`: other names and numbers by which it is known.
    pub fn new(id: &str, name: Bilingual, text: Bilingual, besides: &[&str]) -> Self {
        let fold = |text: &str| search::fold(&search::nfkc(text));
        let names = [id, &name.zh, &name.en].into_iter().chain(besides.iter().copied());
        let keys = names.map(fold).filter(|key| !key.is_empty()).collect();
        let words = [&text.zh, &text.en].map(|text| fold(text)).join("\n");
        Self { id: id.to_owned(), name, text, law: None, keys, words }
    }

    #[must_use]
    pub fn of_law(self, law: Law) -> Self {
        Self { law: Some(law), ..self }
    }

    /// What is no law is in force.
    pub fn status(&self, on: NaiveDate) -> LawStatus {
        self.law.as_ref().map_or(LawStatus::InForce, |law| law.status(on))
    }

    pub fn reference(&self, lang: Lang, on: NaiveDate, about: String) -> Reference {
        let (name, text) = (self.name.get(lang).to_owned(), self.text.get(lang).to_owned());
        Reference { id: self.id.clone(), name, text, about, status: self.status(on) }
    }

    /// None where a word is found nowhere; else the lower, the better: what is called so, what begins so, what has it in its
    /// name, what has it in its sentence.
    fn rank(&self, query: &Query) -> Option<usize> {
        query.words().iter().map(|word| self.rank_of(word)).sum()
    }

    fn rank_of(&self, word: &str) -> Option<usize> {
        let any = |fits: &dyn Fn(&str) -> bool| self.keys.iter().any(|key| fits(key));
        if any(&|key| key == word) {
            Some(0)
        } else if any(&|key| key.starts_with(word)) {
            Some(1)
        } else if any(&|key| key.contains(word)) {
            Some(2)
        } else {
            self.words.contains(word).then_some(3)
        }
    }
}

/// The best of those in which every word is found, and how many fit besides. Of equals, what has ended stands last; else the
/// order stays. Nothing typed finds all of them.
pub fn find<'a>(
    among: impl Iterator<Item = &'a Findable>,
    typed: &str,
    on: NaiveDate,
) -> (Vec<&'a Findable>, usize) {
    let query = Query::new(&search::nfkc(typed));
    let mut found: Vec<_> = among.filter_map(|one| Some((one.rank(&query)?, one))).collect();
    found.sort_by_key(|(rank, one)| (*rank, one.status(on) == LawStatus::Ended));
    let more = found.len().saturating_sub(MOST_FOUND);
    (found.into_iter().take(MOST_FOUND).map(|(_, one)| one).collect(), more)
}

/// Ids in one cell, with blanks, commas or lines between.
pub fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'))
        .filter(|id| !id.is_empty())
}

/// The cell with this id chosen; of one that is chosen already, without it.
pub fn with_switched(kind: ReferenceKind, text: &str, id: &str) -> String {
    if ids(text).any(|chosen| chosen == id) {
        return without(text, id);
    }
    if kind.several() { ids(text).chain([id]).collect::<Vec<_>>().join(" ") } else { id.to_owned() }
}

/// The cell without this id.
pub fn without(text: &str, id: &str) -> String {
    ids(text).filter(|chosen| *chosen != id).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::LawKind;

    fn law(title: &str, until: Option<&str>) -> Law {
        Law {
            id: "law".into(),
            sector: crate::sector::Sector::Fire,
            title: Bilingual::new(title, "Fire Law"),
            kind: LawKind::Law,
            number: String::new(),
            edition: None,
            in_force_from: None,
            in_force_until: until.map(|day| day.parse().unwrap()),
        }
    }

    fn sentence(id: &str, law: Law, article: &str, text: &str) -> Findable {
        let name = law.cite(article);
        let figures = crate::law::in_figures(article);
        let besides = [law.title.zh.as_str(), law.title.en.as_str(), article, figures.as_str()];
        let name = Bilingual::new(name.as_str(), name.as_str());
        Findable::new(id, name, Bilingual::new(text, text), &besides).of_law(law.clone())
    }

    fn library() -> Vec<Findable> {
        vec![
            sentence("old-001", law("消防条例", Some("2026-01-01")), "第二十八条", "不得占用疏散通道"),
            sentence("fire-law-026", law("消防法", None), "第二十八条", "不得占用、堵塞、封闭疏散通道"),
            sentence("fire-law-027", law("消防法", None), "第六十条", "违反第二十八条的，处罚款"),
            sentence("gas-001", law("燃气条例", None), "第八条", "不得在消防车通道停放"),
        ]
    }

    fn found(typed: &str) -> Vec<String> {
        let on = "2026-11-30".parse().unwrap();
        find(library().iter(), typed, on).0.into_iter().map(|one| one.id.clone()).collect()
    }

    #[test]
    fn words_numbers_and_names_find_a_sentence() {
        assert_eq!(found("疏散 堵塞"), ["fire-law-026"], "every word");
        assert_eq!(found("fire-law-027"), ["fire-law-027"], "its id");
        assert_eq!(found("FIRE-LAW"), ["fire-law-026", "fire-law-027"]);
        assert_eq!(found("消防法 28条"), ["fire-law-026"], "its article in figures");
        assert_eq!(
            found("消防法　第二十八条"),
            ["fire-law-026", "fire-law-027"],
            "first where it is the article itself"
        );
        assert_eq!(found("夜市"), [""; 0]);
    }

    #[test]
    fn names_stand_before_sentences_and_what_has_ended_stands_last() {
        assert_eq!(found("消防"), ["fire-law-026", "fire-law-027", "old-001", "gas-001"]);
        assert_eq!(found("占用疏散"), ["old-001"]);
        assert_eq!(found(""), ["fire-law-026", "fire-law-027", "gas-001", "old-001"]);
    }

    #[test]
    fn no_more_are_shown_than_can_be_looked_through() {
        let many: Vec<_> = (0..25)
            .map(|at| Findable::new(&format!("k-{at}"), Bilingual::default(), Bilingual::default(), &[]))
            .collect();
        let (found, more) = find(many.iter(), "k", "2026-11-30".parse().unwrap());
        assert_eq!((found.len(), more), (MOST_FOUND, 5));
    }

    #[test]
    fn what_is_picked_is_added_and_picked_again_is_taken_out() {
        use ReferenceKind::{Clause, Criterion};
        assert_eq!(with_switched(Clause, "A4-036，A4-037", "A1-001"), "A4-036 A4-037 A1-001");
        assert_eq!(with_switched(Clause, "A4-036\nA4-037", "A4-036"), "A4-037");
        assert_eq!(with_switched(Criterion, "gas-003", "gas-004"), "gas-004", "one alone");
        assert_eq!(with_switched(Criterion, "gas-003", "gas-003"), "");
        assert_eq!(without("A4-036 nonsense", "A4-036"), "nonsense");
    }

    #[test]
    fn ids_stand_beside_each_other() {
        assert_eq!(ids("A4-036, A4-037\nA1-001").collect::<Vec<_>>(), ["A4-036", "A4-037", "A1-001"]);
    }
}
