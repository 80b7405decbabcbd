//! A question with everything that hangs on it.

use super::{
    Reading,
    fault::{Problem, Wanted},
    keys::Keys,
};
use crate::words::{DAYS, FREQUENCIES, LEVELS, PHOTOS};
use domain::{
    form::{
        Basis, Constraint, Criterion, Proposal, Question, QuestionKind, QuestionPicture, Responsible,
        Standard,
    },
    id::{ClauseId, QuestionId},
    text::Bilingual,
};
use toml::de::DeValue;

impl<'a> Reading<'a> {
    pub fn question(&mut self, keys: &mut Keys<'a>, name: &str) -> Question {
        Question {
            id: QuestionId::from(name),
            text: self.required_bilingual(keys, "text"),
            hint: self.bilingual(keys, "hint"),
            picture: self.picture(keys),
            kind: self.kind(keys).unwrap_or(QuestionKind::PassFail),
            required: self.expression(keys, "required"),
            read_only: self.is_so(keys, "read_only"),
            default: self.expression(keys, "default"),
            relevant: self.expression(keys, "relevant"),
            constraint: self.constraint(keys),
            criterion: self.criterion(keys),
            photo: self.word(keys, "photo", &PHOTOS).unwrap_or_default(),
            allow_existing_photo: self.is_so(keys, "allow_existing_photo"),
            basis: self.basis(keys),
            every: self.word(keys, "every", &FREQUENCIES),
            fact: self.text(keys, "fact").map(str::to_owned),
        }
    }

    /// `{ image, description = { zh, en } }`: the image by its SHA-256.
    fn picture(&mut self, keys: &mut Keys<'a>) -> Option<QuestionPicture> {
        let mut table = self.table(keys.take("picture")?)?;
        let image = match table.take("image") {
            Some(value) => self.string(value).and_then(|text| {
                let image = text.parse().ok();
                if image.is_none() {
                    self.tell(value.span().start, Problem::NotOneOf(text.to_owned(), "SHA-256".to_owned()));
                }
                image
            }),
            None => {
                self.missing(&table, "image");
                None
            }
        };
        let description = self.required_bilingual(&mut table, "description");
        self.finish(table);
        Some(QuestionPicture { image: image?, description })
    }

    fn constraint(&mut self, keys: &mut Keys<'a>) -> Option<Constraint> {
        let mut table = self.table(keys.take("constraint")?)?;
        if !table.has("test") {
            self.missing(&table, "test");
        }
        let test = self.expression(&mut table, "test");
        let message = self.required_bilingual(&mut table, "message");
        self.finish(table);
        Some(Constraint { test: test?, message })
    }

    fn criterion(&mut self, keys: &mut Keys<'a>) -> Option<Criterion> {
        let mut table = self.table(keys.take("criterion")?)?;
        let fails_if = self.expression(&mut table, "fails_if");
        let level = self.word(&mut table, "level", &LEVELS).unwrap_or_default();
        let major_by = match table.take("major_by") {
            Some(value) => self.string(value).map(|id| self.quote(value.span().start, id)),
            None => None,
        };
        let finding = Proposal {
            level,
            major_by,
            what: self.required_bilingual(&mut table, "what"),
            at_once: self.bilingual(&mut table, "at_once"),
            days: self.whole(&mut table, "days").unwrap_or(DAYS),
            responsible: self.responsible(&mut table),
            hazard: self.text(&mut table, "hazard").map(str::to_owned),
        };
        self.finish(table);
        Some(Criterion { fails_if, finding })
    }

    /// `"site"`, `"unknown"`, or the authority by its name in both languages.
    fn responsible(&mut self, keys: &mut Keys<'a>) -> Responsible {
        let Some(value) = keys.take("responsible") else { return Responsible::Site };
        match value.get_ref() {
            DeValue::Table(_) => {
                let Some(mut both) = self.table(value) else { return Responsible::Site };
                let name =
                    Bilingual::new(self.required_text(&mut both, "zh"), self.required_text(&mut both, "en"));
                self.finish(both);
                Responsible::Authority(name)
            }
            DeValue::String(word) if word == "site" => Responsible::Site,
            DeValue::String(word) if word == "unknown" => Responsible::Unknown,
            DeValue::String(word) => {
                let known = "site, unknown, { zh, en }".to_owned();
                self.tell(value.span().start, Problem::NotOneOf(word.to_string(), known));
                Responsible::Site
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                self.tell(value.span().start, Problem::NotA(Wanted::Text));
                Responsible::Site
            }
        }
    }

    fn basis(&mut self, keys: &mut Keys<'a>) -> Basis {
        let law = self.texts(keys, "law");
        let law = law.into_iter().map(|(at, id)| self.quote(at, id)).collect();
        let standard = self.standards(keys);
        let plan = self.texts(keys, "plan").into_iter().map(|(_, id)| ClauseId::from(id)).collect();
        Basis { law, standard, plan, good_practice: self.is_so(keys, "good_practice") }
    }

    fn standards(&mut self, keys: &mut Keys<'a>) -> Vec<Standard> {
        let Some(value) = keys.take("standard") else { return vec![] };
        let mut standards = vec![];
        for one in self.list(value) {
            let Some(mut table) = self.table(one) else { continue };
            standards.push(Standard {
                number: self.required_text(&mut table, "number").to_owned(),
                clause: self.text(&mut table, "clause").unwrap_or_default().to_owned(),
                valid_until: self.day(&mut table, "valid_until"),
            });
            self.finish(table);
        }
        standards
    }
}
