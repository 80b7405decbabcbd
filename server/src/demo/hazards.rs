//! What became of every finding: commands in order, each decided by the trade's own rules.

use super::{
    Demonstration, Draw, Drawn, Picture, people, places::Places, rng::SeededRng, sign_offs, visits::DemoVisit,
};
use chrono::{DateTime, Days, Duration, Utc};
use domain::{
    fen::Fen,
    form::{Answer, AnswerKey, QuestionKind, session::PreparedForm},
    hazard::{
        Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, Hazard, HazardCommand, Issued,
        RectificationPlan, Referral, Return,
    },
    id::{HazardId, OfficeId, QuestionId},
    party::SiteParty,
    person::Person,
    photo::PhotoHash,
    role::ResourceScope,
    severity::Severity,
    site::Site,
    time::office_day,
    visit::{OpenDraft, ValidationIssue},
};
use std::sync::Arc;

/// Photos of findings younger than this may still be on a phone.
const JUST_NOW: Duration = Duration::hours(30);

pub(super) fn plan(
    rng: &mut SeededRng,
    now: DateTime<Utc>,
    places: Places,
    sites: Vec<Site>,
    people: Vec<Person>,
    visits: Vec<DemoVisit>,
    draw: Draw<'_>,
) -> Demonstration {
    let mut made = Demonstration {
        office: places.office,
        departments: places.departments,
        communities: places.communities,
        grids: places.grids,
        parties: vec![],
        sites,
        people,
        visits: vec![],
        hazards: vec![],
        tasks: vec![],
        photos: vec![],
    };
    let mut photo_pool = PhotoPool { photos: vec![], draw, proofs: 0, last_proof: None };
    for (nth, mut visit) in visits.into_iter().enumerate() {
        prove(rng, &mut visit, &mut photo_pool, now);
        end(nth, &mut visit, &mut photo_pool, now);
        let DemoVisit { site, inspector, forms, open, ended_at } = visit;
        let Ok(sealed) = open.submit(ended_at) else { continue };
        made.visits.push(sealed.visit);
        let finder = Finder { site: &site, inspector: &inspector, forms: &forms, at: ended_at };
        for (id, report) in sealed.hazards {
            let of_others = made.hazards.iter().filter(|hazard| !hazard.found.responsible_kind.is_site());
            // Every other one has been referred; the rest wait, so that the desk has something to refer.
            let refer = !of_others.count().is_multiple_of(2);
            let life = Lifecycle::begin(rng, made.office.id, &made.people, &finder, id, report, now);
            made.hazards.extend(life.and_then(|life| {
                let waits = life.hazard.is_to_be_referred();
                if waits { life.refer(refer) } else { life.run(&mut photo_pool) }
            }));
        }
    }
    made.photos = photo_pool.photos;
    made
}

/// Of so many rectifications one is proved by the photo of the one before it.
const PROVED_TWICE: u32 = 25;

/// The photos so far, and who draws them.
struct PhotoPool<'d> {
    photos: Vec<Picture>,
    draw: Draw<'d>,
    /// Rectifications that were photographed, and the newest photo of one.
    proofs: u32,
    last_proof: Option<Drawn>,
}

/// Whom a photo is of, and when it was taken.
struct Taken<'v> {
    site: &'v Site,
    by: &'v Person,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl PhotoPool<'_> {
    fn take(&mut self, rng: &mut SeededRng, taken: &Taken<'_>, scene: u64, after: bool) -> PhotoHash {
        let Drawn { bytes, thumbnail } = (self.draw)(scene, rng.bits(), after);
        let hash = PhotoHash::of(&bytes);
        let received = taken.now - taken.at > JUST_NOW || !rng.percent(20);
        self.photos.push(Picture {
            hash: hash.clone(),
            bytes,
            thumbnail,
            at: taken.at,
            by: taken.by.clone(),
            site: taken.site.clone(),
            received,
        });
        hash
    }
}

/// Gives every finding its photos, some a repair on the spot, and a closed door the photo of it.
fn prove(rng: &mut SeededRng, visit: &mut DemoVisit, photo_pool: &mut PhotoPool<'_>, now: DateTime<Utc>) {
    let DemoVisit { site, inspector, forms, open, ended_at } = visit;
    let taken = Taken { site, by: inspector, at: *ended_at, now };
    // By chances of its own, as what follows the first form was added.
    let mut aside = SeededRng::new(taken.at.timestamp().unsigned_abs(), now);
    if forms.is_empty() {
        let door = scene(&QuestionId::from("door"));
        let photo = photo_pool.take(&mut aside, &taken, door, false);
        open.draft_mut().photos.push(photo);
    }
    for form in 0..forms.len() {
        let rng = if form == 0 { &mut *rng } else { &mut aside };
        for (key, is_answer) in unproven(open, form) {
            let photos = [photo_pool.take(rng, &taken, scene(&key.question), true)];
            // What is refused lacks its photo still, and the visit is left out.
            let _ = if is_answer {
                open.answer(form, &key, Answer::Attachments(photos.to_vec()))
            } else {
                open.set_photos(form, &key, &photos)
            };
        }
    }
    for (_, finding) in open.proposed().to_vec() {
        let Some(failed) = finding.questions.first() else { continue };
        let rng = if failed.form == 0 { &mut *rng } else { &mut aside };
        let scene = scene(&failed.key.question);
        let before: Vec<_> = (0..=rng.below(2)).map(|_| photo_pool.take(rng, &taken, scene, false)).collect();
        let fixed = finding.level == Severity::General && rng.percent(16);
        let after: Vec<_> = fixed.then(|| photo_pool.take(rng, &taken, scene, true)).into_iter().collect();
        open.change_finding(failed.form, &failed.key, |sheet| {
            sheet.photos.extend(before);
            sheet.fixed = fixed;
            sheet.after.extend(after);
        });
    }
}

/// How it ended with the people of the site, by chances of its own.
fn end(nth: usize, visit: &mut DemoVisit, photo_pool: &mut PhotoPool<'_>, now: DateTime<Utc>) {
    let DemoVisit { site, inspector, open, ended_at, .. } = visit;
    let taken = Taken { site, by: inspector, at: *ended_at, now };
    let mut chances = SeededRng::new(nth as u64, now);
    let take = |scene| photo_pool.take(&mut chances, &taken, scene, false);
    sign_offs::end(open, site, nth, scene, take);
}

/// Questions that lack a photo, and whether it is the answer.
fn unproven(open: &OpenDraft, form: usize) -> Vec<(AnswerKey, bool)> {
    let is_photo = |key: &AnswerKey| {
        open.question(form, key).is_some_and(|state| state.question.kind == QuestionKind::Photo)
    };
    let lacks = |issue: ValidationIssue| match issue {
        ValidationIssue::NeedsPhoto(key) => Some((key, false)),
        ValidationIssue::Unanswered(key) if is_photo(&key) => Some((key, true)),
        ValidationIssue::Unanswered(_)
        | ValidationIssue::NotAnAnswer(_)
        | ValidationIssue::Invalid(..)
        | ValidationIssue::NeedsFinding(_)
        | ValidationIssue::NeedsWords(_)
        | ValidationIssue::NeedsAuthority(_)
        | ValidationIssue::NeedsFindingPhoto(_)
        | ValidationIssue::NeedsAfterPhoto(_)
        | ValidationIssue::OverLimit(..) => None,
    };
    open.form_issues(form).into_iter().filter_map(lacks).collect()
}

/// The same question looks the same before and after.
fn scene(question: &QuestionId) -> u64 {
    question.as_str().bytes().fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte))
}

/// Who found a hazard where, in a visit by which forms that ended when.
struct Finder<'a> {
    site: &'a Site,
    inspector: &'a Person,
    forms: &'a [Arc<PreparedForm>],
    at: DateTime<Utc>,
}

/// A hazard's way, step by step, as far as the present.
struct Lifecycle<'a> {
    rng: &'a mut SeededRng,
    office: OfficeId,
    people: &'a [Person],
    site: &'a Site,
    inspector: &'a Person,
    scene: u64,
    hazard: Hazard,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl<'a> Lifecycle<'a> {
    fn begin(
        rng: &'a mut SeededRng,
        office: OfficeId,
        people: &'a [Person],
        finder: &Finder<'a>,
        id: HazardId,
        report: HazardCommand,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let HazardCommand::Report(found) = report else { return None };
        let scene = found.question.as_ref().map_or(0, scene);
        let Finder { site, inspector, forms, at } = *finder;
        let form = found.form.as_ref();
        let form = form.and_then(|id| forms.iter().find(|form| form.form().id == *id));
        let sector = form.map_or(site.sector, |form| form.form().sector);
        let place = ResourceScope { sector, ..site.resource_scope() };
        let party = site.party.as_ref().map(SiteParty::named);
        let by = inspector.actor(office, None);
        let issued = Issued { id: rng.id_at(at), at, received_at: Some(at), by: &by };
        let hazard = Hazard::open(id, place, party, found, &issued).ok()?;
        Some(Self { rng, office, people, site, inspector, scene, hazard, at, now })
    }

    /// The next command so many hours later; false when that is still to come.
    fn then(&mut self, hours: (i64, i64), by: &Person, command: &HazardCommand) -> bool {
        let at = self.at + Duration::minutes(self.rng.between(hours.0 * 60, hours.1 * 60));
        if at >= self.now {
            return false;
        }
        self.at = at;
        let by = by.actor(self.office, None);
        let issued = Issued { id: self.rng.id_at(at), at, received_at: Some(at), by: &by };
        self.hazard = self.hazard.clone().attempt(command, &issued).0;
        true
    }

    fn run(mut self, photo_pool: &mut PhotoPool<'_>) -> Option<Hazard> {
        if !self.hazard.is_open() {
            return Some(self.hazard);
        }
        let officer = people::officer_of(self.people, self.site)?;
        let handler = people::responsible_for(self.people, self.site)?;
        // Of a major one the department accepts first, unless it put it right itself.
        let acceptor = match (self.inspector.role.accepts(self.hazard.level()), officer.id == handler.id) {
            (true, _) => self.inspector,
            (false, false) => officer,
            (false, true) => people::supervisors(self.people).last().copied()?,
        };
        let plan = HazardCommand::Assign(self.plan(officer));
        if self.rng.percent(5) || !self.then((1, 20), officer, &plan) {
            return Some(self.hazard);
        }
        if self.rng.percent(9) {
            self.extend(officer, handler);
        }
        // Most are put right in time; some drag on.
        let days = if self.rng.percent(72) { (10, 70) } else { (100, 900) };
        if !self.rectify(days, handler, photo_pool) {
            return Some(self.hazard);
        }
        if self.rng.percent(12) {
            let deadline = office_day(self.at).checked_add_days(Days::new(5))?;
            let reason = "清理不彻底，角落还有杂物，请继续整改".to_owned();
            let back = HazardCommand::Return(Return { reason, deadline, photos: vec![] });
            if !self.then((4, 40), acceptor, &back) || !self.rectify((10, 90), handler, photo_pool) {
                return Some(self.hazard);
            }
        }
        if self.rng.percent(88) {
            let evidence = Evidence { note: "现场复查，已整改到位".to_owned(), photos: vec![] };
            let accept = HazardCommand::Accept(evidence);
            let first = self.then((3, 60), acceptor, &accept);
            if first && self.hazard.is_open() && self.rng.percent(60) {
                let second = people::supervisors(self.people);
                self.then((5, 50), second.first()?, &accept);
            }
        }
        Some(self.hazard)
    }

    /// What is not the site's to put right, as far as the office has come with it.
    fn refer(mut self, refer: bool) -> Option<Hazard> {
        if refer {
            let officer = people::officer_of(self.people, self.site)?;
            let authority = self.hazard.found.authority().unwrap_or("城市管理部门").to_owned();
            let reason = "经核实，不属于本场所责任".to_owned();
            self.then((4, 60), officer, &HazardCommand::Refer(Referral { authority, reason }));
        }
        Some(self.hazard)
    }

    fn plan(&mut self, officer: &Person) -> RectificationPlan {
        let funds = [0, 300, 2_000, 8_000].map(Fen::of_yuan);
        let measures =
            ["立即清理并专人看守", "更换损坏部件，登记复验", "重新敷设线路，加装保护", "限期搬离，完善制度"];
        let days = Days::new(u64::try_from(self.rng.between(2, 12)).unwrap_or(3));
        let found_on = office_day(self.hazard.found_at);
        let site = self.site;
        RectificationPlan {
            responsible: match site.contacts.first() {
                Some(contact) => format!("{} · {}", site.name, contact.name),
                None => site.name.clone(),
            },
            department: officer.department,
            measures: (*self.rng.one(&measures)).to_owned(),
            funds: *self.rng.one(&funds),
            deadline: found_on.checked_add_days(days).unwrap_or(found_on),
            contingency: "整改期间专人巡查，发现险情立即停用".to_owned(),
        }
    }

    fn extend(&mut self, officer: &Person, handler: &Person) {
        let until = self.hazard.due.unwrap_or_else(|| office_day(self.at)).checked_add_days(Days::new(7));
        let Some(until) = until else { return };
        let reason = "配件要从外地调，预计一周到货".to_owned();
        let ask = HazardCommand::AskExtension(ExtensionRequest { until, reason });
        if self.then((5, 40), handler, &ask) && self.rng.percent(60) {
            let answer = if self.rng.percent(75) {
                HazardCommand::GrantExtension(ExtensionGrant { until })
            } else {
                let reason = "本地可以买到，请按期完成".to_owned();
                HazardCommand::RefuseExtension(ExtensionRefusal { reason })
            };
            self.then((2, 20), officer, &answer);
        }
    }

    fn rectify(&mut self, hours: (i64, i64), by: &Person, photo_pool: &mut PhotoPool<'_>) -> bool {
        let drawn = (photo_pool.draw)(self.scene, self.rng.bits(), true);
        // Now and then somebody proves two things by one photo; the desk points at it.
        photo_pool.proofs += 1;
        let again = photo_pool.last_proof.clone().filter(|_| photo_pool.proofs.is_multiple_of(PROVED_TWICE));
        let shown = again.unwrap_or(drawn);
        let hash = PhotoHash::of(&shown.bytes);
        let evidence = Evidence { note: "已按要求整改".to_owned(), photos: vec![hash.clone()] };
        let done = self.then(hours, by, &HazardCommand::Rectify(evidence));
        if done {
            // Whoever shows a photo has sent it, be it an old one.
            let (at, by, site) = (self.at, by.clone(), self.site.clone());
            photo_pool.last_proof = Some(shown.clone());
            let Drawn { bytes, thumbnail } = shown;
            photo_pool.photos.push(Picture { hash, bytes, thumbnail, at, by, site, received: true });
        }
        done
    }
}
