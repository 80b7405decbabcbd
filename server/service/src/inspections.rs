//! 行政检查: the office's rules and its published list of matters, and what phones and pages are told of them. The inspections
//! themselves come in with visits ([`queue`](crate::queue)).

use crate::{
    asker::Asker,
    error::Error,
    services::Services,
    storage::{Record, StoreError},
};
use chrono::Datelike as _;
use domain::{
    audit::{Act, Subject, SubjectKind},
    file::InspectionRulesFile,
    id::{DepartmentId, PartyId},
    inspection::{
        CertifiedPerson, Inspected, InspectionDirectory, InspectionRules, RulesCommand, RulesRejection,
    },
    party::InspectionCount,
    place::Department,
    role::{Action, Actor},
    text::Lang,
    time::office_day,
    visit::VisitNature,
};
use i18n::inspection as t;
use serde_json::{Value, json};

/// The rules with the departments among whom those are chosen that inspect.
pub async fn rules(state: &Services, by: &Asker) -> Result<InspectionRulesFile, Error> {
    by.allow(Action::ManageSettings)?;
    let office = by.actor.office;
    let rules = state.store.inspection_rules(office).await?;
    Ok(InspectionRulesFile { rules, departments: state.store.places(office).await?.departments })
}

/// `was`: the version that whoever commands has read.
pub async fn change(state: &Services, by: &Asker, was: u32, command: &RulesCommand) -> Result<(), Error> {
    by.allow(Action::ManageSettings)?;
    let (office, now) = (by.actor.office, state.now());
    let mut tx = state.store.write().await?;
    // Nobody else writes from here on.
    let before = tx.inspection_rules(office).await?;
    let departments = tx.places(office).await?.departments;
    let ids: Vec<DepartmentId> = departments.iter().map(|known| known.id).collect();
    let after = before
        .changed(command, was, &ids, &by.actor.name, now)
        .map_err(|rejection| refused(by.lang, &rejection))?;
    tx.put_inspection_rules(office, &after).await?;
    let (label, was, is) = told(command, &before, &after, &departments);
    let subject = Subject::new(SubjectKind::InspectionRules, None, label);
    tx.put_audit(&state.audit(office, &by.author(), Act::Changed, subject).change(&was, &is)).await?;
    tx.touch(office, &[Record::Directory]).await?;
    Ok(tx.commit().await?)
}

fn refused(lang: Lang, rejection: &RulesRejection) -> Error {
    match t::rejected(lang, rejection) {
        (Some(field), reason) => Error::invalid(field, reason),
        (None, _) => Error::Changed,
    }
}

/// What 操作记录 says of it: of what, as it was and as it became.
fn told(
    command: &RulesCommand,
    before: &InspectionRules,
    after: &InspectionRules,
    departments: &[Department],
) -> (String, Value, Value) {
    match command {
        RulesCommand::SetRule { rule, .. } => {
            let of =
                |rules: &InspectionRules| json!({ "on": rules.is_on(*rule), "figure": rules.figure(*rule) });
            (t::rule(Lang::Zh, *rule).to_owned(), of(before), of(after))
        }
        RulesCommand::PutMatter { matter } => {
            let code = domain::limits::tidy_line(&matter.code);
            let of = |rules: &InspectionRules| {
                let known = rules.matters.iter().find(|known| known.code == code);
                known.map(|known| json!({ "name": known.name, "basis": known.basis, "ended": known.ended }))
            };
            (code.clone(), of(before).unwrap_or_default(), of(after).unwrap_or_default())
        }
        RulesCommand::SetDepartments { .. } => {
            let of = |rules: &InspectionRules| {
                let named = departments.iter().filter(|known| rules.departments.contains(&known.id));
                json!({ "departments": named.map(|known| &known.name).collect::<Vec<_>>() })
            };
            (t::who_inspects(Lang::Zh).to_owned(), of(before), of(after))
        }
    }
}

/// What a phone of this person needs to inspect without signal; none where they inspect nobody.
pub async fn directory(state: &Services, actor: &Actor) -> Result<Option<InspectionDirectory>, StoreError> {
    if !VisitNature::AdministrativeInspection.is_for(actor.role) || !actor.may_do(Action::Inspect) {
        return Ok(None);
    }
    let (store, office) = (&state.store, actor.office);
    let year = office_day(state.now()).year();
    let people = store.people(office).await?;
    let certified = people.iter().filter_map(CertifiedPerson::of);
    Ok(Some(InspectionDirectory {
        rules: store.inspection_rules(office).await?,
        certified: certified.filter(CertifiedPerson::may_inspect).collect(),
        counted: store.counted_inspections(office, year).await?,
    }))
}

/// How often the party was inspected this year, against the cap.
pub async fn of_party(
    state: &Services,
    actor: &Actor,
    party: PartyId,
) -> Result<InspectionCount, StoreError> {
    let (store, office) = (&state.store, actor.office);
    let year = office_day(state.now()).year();
    let count = store.count_inspections(office, Inspected::Party(party), year).await?;
    Ok(InspectionCount { year, count, cap: store.inspection_rules(office).await?.cap() })
}
