//! A visit as its page shows it. What was filled in is in words by then; the rest is as the office holds it.

use super::filled::filled;
use crate::{
    form_words::{basis::QuoteWords, condition::ConditionWords},
    server_fns::sites::attributes_form::word,
};
use chrono::{DateTime, Utc};
use domain::{
    expression::Expression,
    file::{Proof, ReviewedPhoto, VisitFile},
    form::Form,
    id::{HazardId, SiteId},
    inspection::AdministrativeInspection,
    integrity::Thresholds,
    ledger::LedgerRow,
    photo::PhotoHash,
    place::Location,
    site::attributes::{SiteAttribute, SiteAttributes},
    sync::SiteKindInfo,
    text::Lang,
    visit::{SignOff, SiteSnapshot, Tally, VisitNature, VisitOutcome},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitRecord {
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub inspector_name: String,
    /// Who else was there.
    pub participants: Vec<String>,
    /// Of a joint check: the departments that took part.
    pub departments: Vec<String>,
    pub nature: VisitNature,
    /// Of an administrative inspection: what was in hand. What the office made of it stands with the site.
    pub administrative: Option<AdministrativeInspection>,
    pub outcome: VisitOutcome,
    pub started_at: DateTime<Utc>,
    pub submitted_at: DateTime<Utc>,
    pub location: Option<Location>,
    pub note: String,
    /// Of the visit itself.
    pub own_photos: Vec<PhotoHash>,
    pub sign_off: Option<Box<SignOff>>,
    /// Of all forms together.
    pub tally: Tally,
    pub forms: Vec<FilledWords>,
    /// The sentences that what failed rests on, each once.
    pub quotes: Vec<QuoteWords>,
    pub site_id: SiteId,
    /// As it was when the visit was sealed.
    pub site: SiteSnapshot,
    pub site_name_now: String,
    /// By which the phone asked, where the office does not remember the site to have had them.
    pub attributes_never_had: Vec<OtherAttribute>,
    /// Titles of the forms that were filled in by last answers which the office did not find so in its records.
    pub unfounded_last: Vec<String>,
    pub hazards: Vec<LedgerRow>,
    /// Of the hazards, in their order.
    pub proofs: Vec<Proof>,
    pub photos: Vec<ReviewedPhoto>,
    pub thresholds: Thresholds,
}

/// An attribute of the site of which the phone knew otherwise than the office, in words; None where it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAttribute {
    pub name: String,
    pub seen: Option<String>,
    /// When the visit was received.
    pub known: Option<String>,
}

impl OtherAttribute {
    /// None of them where the phone went by what the office knew, now or once.
    fn all(lang: Lang, seen: &SiteAttributes, site: &SiteSnapshot) -> Vec<Self> {
        if !site.attributes_never_had {
            return vec![];
        }
        let of = |attribute: SiteAttribute| Self {
            name: attribute.name().get(lang).to_owned(),
            seen: word(lang, seen, attribute),
            known: word(lang, &site.attributes, attribute),
        };
        seen.differences(&site.attributes).map(of).collect()
    }
}

/// One form as it was filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilledWords {
    pub title: String,
    /// The title with the version that was filled in.
    pub title_and_version: String,
    /// 复查: that not all of it was asked.
    pub only: Option<String>,
    pub lines: Vec<RecordLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RecordLine {
    /// A group, or one of several things that the same was asked of: 灭火器 2.
    Heading(String),
    Answer(Box<AnswerWords>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerWords {
    /// Its place among what was asked; what was worked out has none.
    pub number: Option<usize>,
    pub question: String,
    pub answer: String,
    /// What it was judged by.
    pub limit: Option<String>,
    /// Of what failed.
    pub basis: Option<String>,
    /// That it was asked in another form, and in which.
    pub elsewhere: Option<String>,
    pub note: String,
    /// What was found at it, in the order in which it was written up.
    pub hazards: Vec<(HazardId, String)>,
    /// Given as the answer, and beside it.
    pub photos: Vec<PhotoHash>,
}

impl VisitRecord {
    /// `written` is a formula as authors write it.
    pub fn of(
        lang: Lang,
        file: VisitFile,
        kinds: &[SiteKindInfo],
        written: fn(&Expression) -> String,
    ) -> Self {
        let conditions = |form| ConditionWords { lang, form, kinds, written };
        let mut quotes = vec![];
        let forms = (0..file.forms.len().min(file.visit.forms.len()))
            .map(|place| filled(&file, place, &conditions(&file.forms[place]), &mut quotes))
            .collect();
        let is_unfounded = |form: &&Form| file.site.unfounded_last.contains(&form.id);
        let unfounded = file.forms.iter().filter(is_unfounded);
        let unfounded_last = unfounded.map(|form| form.title.get(lang).to_owned()).collect();
        let VisitFile { number, received_at, inspector_name, visit, forms: _, departments, site, .. } = file;
        Self {
            departments,
            number,
            received_at,
            inspector_name,
            nature: visit.nature,
            outcome: visit.outcome,
            started_at: visit.started_at,
            submitted_at: visit.submitted_at,
            location: visit.location,
            tally: visit.tally(),
            administrative: visit.administrative.map(|inspection| *inspection),
            participants: visit.participants.into_iter().map(|one| one.name).collect(),
            note: visit.note,
            own_photos: visit.photos,
            sign_off: visit.sign_off,
            forms,
            quotes,
            site_id: visit.site,
            attributes_never_had: OtherAttribute::all(lang, &visit.site_seen.attributes, &site),
            unfounded_last,
            site,
            site_name_now: file.site_name_now,
            hazards: file.hazards,
            proofs: file.proofs,
            photos: file.photos,
            thresholds: file.thresholds,
        }
    }
}

impl FilledWords {
    /// What was answered, without headings.
    pub fn answers(&self) -> impl Iterator<Item = &AnswerWords> {
        self.lines.iter().filter_map(|line| match line {
            RecordLine::Answer(answer) => Some(&**answer),
            RecordLine::Heading(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn attributes_that_the_office_never_knew_are_set_against_its_own() {
        let site = |never_had: bool| -> SiteSnapshot {
            serde_json::from_value(json!({
                "name": "一小", "code": "A1", "kinds": [], "sector": "fire", "risk": "low", "community": "",
                "grid": "", "attributes": { "storeys": 6, "canteen": true, "lifts": 2 },
                "attributes_never_had": never_had,
            }))
            .unwrap()
        };
        let seen = json!({ "storeys": 1, "gas": "piped", "lifts": 2 });
        let seen: SiteAttributes = serde_json::from_value(seen).unwrap();
        let told = OtherAttribute::all(Lang::Zh, &seen, &site(true));
        let told: Vec<_> =
            told.iter().map(|one| (one.name.as_str(), one.seen.as_deref(), one.known.as_deref())).collect();
        let expected = [
            ("层数", Some("1"), Some("6")),
            ("用气方式", Some("管道气"), None),
            ("有食堂", None, Some("是")),
        ];
        assert_eq!(told, expected);
        assert_eq!(OtherAttribute::all(Lang::Zh, &seen, &site(false)), [], "it may have been so once");
    }
}
