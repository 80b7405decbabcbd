//! What is done with a plan, as browsers send it. `does` says what; of the other fields those that belong to it are read.

use super::{plan_form::moment, rule_words::RuleWords};
use crate::{
    error::AppError,
    i18n::{limits, spot_checks as t},
};
use domain::{
    draw::{Commitment, Reveal, Revealed, SeedSource, VoidReason},
    id::{PersonId, SiteId},
    limits::{
        DRAW_AVOIDANCES, DRAW_COMMITMENTS, DRAW_PEOPLE, Field, SPOT_CHECK_SITES, check_count, tidy_line,
    },
    spot_check::plan::{DrawOrder, PlanAvoidance, PlanRequest, Rescheduled, SiteChoice},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanChange {
    pub id: String,
    /// `choose`, `freeze`, `draw`, `void`, `exchange`, `send`, `explain`, `reschedule`, `publish` or
    /// `cancel`.
    pub does: String,

    pub sites: Vec<String>,
    pub people: Vec<String>,
    pub rule: RuleWords,

    /// How many sites are drawn.
    pub wanted: String,
    pub avoid_own_grid: bool,
    /// A line each: the name of somebody who can be sent, and the code of a site.
    pub avoidances: String,
    /// Names of people, so that lines can be read that name them: id and name.
    pub names: Vec<String>,
    /// `public` or `people`.
    pub source: String,
    pub what: String,
    pub place: String,
    pub due_day: String,
    pub due_hour: String,
    /// A line each: name and digest.
    pub commitments: String,

    /// What the source has published.
    pub words: String,
    /// A line each: name, words and salt.
    pub reveals: String,

    pub check: String,
    /// Of a check that is made up for.
    pub opens_day: String,
    pub opens_hour: String,
    pub until: String,
    /// Site and person, as one word.
    pub leaves: String,
    pub instead: String,
    pub reason: String,
}

/// Between the name and what belongs to it, as people type it.
const COMMAS: [char; 2] = [',', '，'];

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(tidy_line).filter(|line| !line.is_empty())
}

impl PlanChange {
    /// Codes of sites that its lines name.
    pub fn codes(&self) -> Vec<String> {
        if self.does != "freeze" {
            return vec![];
        }
        let code = |line: String| Some(line.split_once(COMMAS)?.1.trim().to_owned());
        lines(&self.avoidances).filter_map(code).collect()
    }

    /// `sites`: those of [`codes`](Self::codes).
    pub fn read(&self, lang: Lang, sites: &BTreeMap<String, SiteId>) -> Result<PlanRequest, AppError> {
        self.check_limits(lang)?;
        Ok(match self.does.as_str() {
            "choose" => PlanRequest::ChooseSites {
                choice: if self.rule.is_nothing() {
                    SiteChoice::ByHand
                } else {
                    SiteChoice::ByRule(self.rule.read(lang)?)
                },
                sites: self.sites.iter().filter_map(|id| id.parse().ok()).collect(),
                people: self.people(),
            },
            "freeze" => PlanRequest::Freeze(Box::new(DrawOrder {
                among: self.rule.read(lang)?,
                sites: tidy_line(&self.wanted)
                    .parse()
                    .map_err(|_| invalid("wanted", t::number_wrong(lang)))?,
                avoid_own_grid: self.avoid_own_grid,
                people: self.people(),
                avoidances: self.avoidances(lang, sites)?,
                source: self.source(lang)?,
            })),
            "draw" => PlanRequest::Draw(self.revealed(lang)?),
            "void" => PlanRequest::Void(VoidReason::Other { words: self.reason.clone() }),
            "exchange" => {
                let unknown = || invalid("leaves", t::unknown_person(lang));
                let (site, out) = self.leaves.split_once(' ').ok_or_else(unknown)?;
                PlanRequest::Exchange {
                    site: site.parse().map_err(|_| unknown())?,
                    out: out.parse().map_err(|_| unknown())?,
                    instead: self.instead.parse().map_err(|_| invalid("instead", t::unknown_person(lang)))?,
                    reason: self.reason.clone(),
                }
            }
            "send" => PlanRequest::Send,
            "explain" => PlanRequest::Explain {
                check: self.check.parse().map_err(|_| AppError::NotFound)?,
                words: self.reason.clone(),
            },
            "reschedule" => PlanRequest::Reschedule(Rescheduled {
                check: self.check.parse().map_err(|_| AppError::NotFound)?,
                opens_at: moment(&self.opens_day, &self.opens_hour)
                    .ok_or_else(|| invalid("opens_day", t::day_wrong(lang)))?,
                until: self.until.parse().map_err(|_| invalid("until", t::day_wrong(lang)))?,
                reason: self.reason.clone(),
            }),
            "publish" => PlanRequest::Publish,
            "cancel" => PlanRequest::Cancel { reason: self.reason.clone() },
            _ => return Err(AppError::NotFound),
        })
    }

    /// How many rows and lines it has, before any of them is read.
    fn check_limits(&self, lang: Lang) -> Result<(), AppError> {
        let rows = [
            ("sites", Field::Sites, self.sites.len(), SPOT_CHECK_SITES),
            ("people", Field::People, self.people.len(), DRAW_PEOPLE),
            ("people", Field::People, self.names.len(), DRAW_PEOPLE),
        ];
        for (field, of, count, most) in rows {
            check_count(of, count, most).map_err(|over| invalid(field, &limits::over(lang, over)))?;
        }
        let typed = [
            ("avoidances", &self.avoidances, DRAW_AVOIDANCES),
            ("commitments", &self.commitments, DRAW_COMMITMENTS),
            ("reveals", &self.reveals, DRAW_COMMITMENTS),
        ];
        match typed.into_iter().find(|(_, text, most)| lines(text).count() > *most) {
            Some((field, _, most)) => Err(invalid(field, &t::too_many_lines(lang, most))),
            None => Ok(()),
        }
    }

    fn people(&self) -> Vec<PersonId> {
        self.people.iter().filter_map(|id| id.parse().ok()).collect()
    }

    /// Of those who can be sent, by the name that the form knew.
    fn named(&self, name: &str) -> Option<PersonId> {
        let known = self.names.iter().filter_map(|known| known.split_once(' '));
        let id = known.filter(|(_, known)| *known == name).map(|(id, _)| id).next()?;
        let id: PersonId = id.parse().ok()?;
        self.people().contains(&id).then_some(id)
    }

    fn avoidances(
        &self,
        lang: Lang,
        sites: &BTreeMap<String, SiteId>,
    ) -> Result<Vec<PlanAvoidance>, AppError> {
        let avoidance = |line: String| -> Result<PlanAvoidance, AppError> {
            let wrong = || invalid("avoidances", &t::avoidance_wrong(lang, &line));
            let (name, code) = line.split_once(COMMAS).ok_or_else(wrong)?;
            let unknown = || invalid("avoidances", &t::code_unknown(lang, code.trim()));
            Ok(PlanAvoidance {
                person: self.named(name.trim()).ok_or_else(wrong)?,
                site: *sites.get(code.trim()).ok_or_else(unknown)?,
            })
        };
        lines(&self.avoidances).map(avoidance).collect()
    }

    fn source(&self, lang: Lang) -> Result<SeedSource, AppError> {
        if self.source != "people" {
            return Ok(SeedSource::Public {
                what: tidy_line(&self.what),
                place: tidy_line(&self.place),
                due: moment(&self.due_day, &self.due_hour)
                    .ok_or_else(|| invalid("due_day", t::day_wrong(lang)))?,
            });
        }
        let commitment = |line: String| -> Result<Commitment, AppError> {
            let wrong = || invalid("commitments", &t::commitment_wrong(lang, &line));
            let (name, digest) = line.split_once(COMMAS).ok_or_else(wrong)?;
            let digest = digest.trim().parse().map_err(|_| wrong())?;
            Ok(Commitment { name: name.trim().to_owned(), digest })
        };
        Ok(SeedSource::Commitments {
            commitments: lines(&self.commitments).map(commitment).collect::<Result<_, AppError>>()?,
        })
    }

    fn revealed(&self, lang: Lang) -> Result<Revealed, AppError> {
        if self.source != "people" {
            return Ok(Revealed::Public { words: tidy_line(&self.words) });
        }
        let reveal = |line: String| -> Result<Reveal, AppError> {
            let wrong = || invalid("reveals", &t::reveal_wrong(lang, &line));
            // What was committed may hold commas of its own.
            let (name, rest) = line.split_once(COMMAS).ok_or_else(wrong)?;
            let (words, salt) = rest.rsplit_once(COMMAS).ok_or_else(wrong)?;
            let salt = salt.trim().parse().map_err(|_| wrong())?;
            Ok(Reveal { name: name.trim().to_owned(), words: words.trim().to_owned(), salt })
        };
        Ok(Revealed::Commitments {
            reveals: lines(&self.reveals).map(reveal).collect::<Result<_, AppError>>()?,
        })
    }
}

fn invalid(field: &str, reason: &str) -> AppError {
    AppError::Invalid { field: field.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn change(does: &str) -> PlanChange {
        let id = Uuid::from_u128(7).to_string();
        PlanChange {
            does: does.to_owned(),
            people: vec![id.clone()],
            names: vec![format!("{id} 王磊")],
            wanted: "3".to_owned(),
            what: "双色球第 2026136 期".to_owned(),
            place: "www.cwl.gov.cn".to_owned(),
            due_day: "2026-11-26".to_owned(),
            due_hour: "21:15".to_owned(),
            ..PlanChange::default()
        }
    }

    fn wrong_field(change: &PlanChange, sites: &BTreeMap<String, SiteId>) -> String {
        match change.read(Lang::Zh, sites) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_keeps_away_is_said_by_name_and_code() {
        let typed = PlanChange { avoidances: "王磊，XC-7\n\n".to_owned(), ..change("freeze") };
        assert_eq!(typed.codes(), ["XC-7"]);
        let sites = BTreeMap::from([("XC-7".to_owned(), Uuid::from_u128(9).into())]);
        let PlanRequest::Freeze(order) = typed.read(Lang::Zh, &sites).unwrap() else { panic!() };
        let avoids = PlanAvoidance { person: Uuid::from_u128(7).into(), site: Uuid::from_u128(9).into() };
        assert_eq!(order.avoidances, [avoids]);
        assert_eq!(wrong_field(&typed, &BTreeMap::new()), "avoidances");
        for line in ["王磊", "张三，XC-7"] {
            let typed = PlanChange { avoidances: line.to_owned(), ..change("freeze") };
            assert_eq!(wrong_field(&typed, &sites), "avoidances", "{line}");
        }
    }

    #[test]
    fn committed_words_may_hold_commas() {
        let salt = "00".repeat(32);
        let typed =
            PlanChange {
                source: "people".to_owned(), reveals: format!("甲,风,雨,{salt}"), ..change("draw")
            };
        let PlanRequest::Draw(Revealed::Commitments { reveals }) =
            typed.read(Lang::Zh, &BTreeMap::new()).unwrap()
        else {
            panic!()
        };
        assert_eq!((reveals[0].name.as_str(), reveals[0].words.as_str()), ("甲", "风,雨"));
        let typed = PlanChange { reveals: "甲".to_owned(), ..typed };
        assert_eq!(wrong_field(&typed, &BTreeMap::new()), "reveals");
    }

    #[test]
    fn each_wrong_field_of_a_draw_is_named() {
        let none = BTreeMap::new();
        assert_eq!(wrong_field(&PlanChange { wanted: "几".to_owned(), ..change("freeze") }, &none), "wanted");
        let no_day = PlanChange { due_day: String::new(), ..change("freeze") };
        assert_eq!(wrong_field(&no_day, &none), "due_day");
        let people =
            PlanChange {
                source: "people".to_owned(), commitments: "甲，123".to_owned(), ..change("freeze")
            };
        assert_eq!(wrong_field(&people, &none), "commitments");
        assert_eq!(
            wrong_field(&PlanChange { leaves: "x".to_owned(), ..change("exchange") }, &none),
            "leaves"
        );
        let many = |n: usize| vec![Uuid::from_u128(7).to_string(); n];
        let sites = PlanChange { sites: many(SPOT_CHECK_SITES + 1), ..change("choose") };
        assert_eq!(wrong_field(&sites, &none), "sites");
        let people = PlanChange { people: many(DRAW_PEOPLE + 1), ..change("choose") };
        assert_eq!(wrong_field(&people, &none), "people");
        for field in ["avoidances", "commitments", "reveals"] {
            let text = "王磊，XC-7\n".repeat(DRAW_AVOIDANCES + 1);
            let mut typed = change("freeze");
            match field {
                "avoidances" => typed.avoidances = text,
                "commitments" => typed.commitments = text,
                _ => typed.reveals = text,
            }
            assert_eq!(wrong_field(&typed, &none), field);
        }
        let check = Uuid::from_u128(8).to_string();
        let later = PlanChange {
            check,
            opens_day: "2026-11-28".to_owned(),
            opens_hour: "09:00".to_owned(),
            until: "2026-11-28".to_owned(),
            ..change("reschedule")
        };
        assert!(matches!(later.read(Lang::Zh, &none), Ok(PlanRequest::Reschedule(_))));
        assert_eq!(
            wrong_field(&PlanChange { opens_hour: "x".to_owned(), ..later.clone() }, &none),
            "opens_day"
        );
        assert_eq!(wrong_field(&PlanChange { until: "明天".to_owned(), ..later }, &none), "until");
        assert_eq!(change("nothing").read(Lang::Zh, &none), Err(AppError::NotFound));
    }
}
