//! What is not the site's to put right: the sheet says whose it is, asks no day of the site, and the office refers it.

use super::{Value, answer, criterion, draft, form, json, key, pass_fail, prepared, start, text, write_up};
use domain::{
    form::{Answer, ResponsibleKind, session::PreparedForm},
    hazard::{Found, HazardCommand},
    photo::PhotoHash,
    visit::{Draft, DraftForm, Finding, OpenDraft, ValidationIssue},
};
use std::sync::Arc;

/// One question each for the site, an authority and nobody known.
fn street() -> Arc<PreparedForm> {
    let question = |id: &str, responsible: Value| {
        let more = json!({ "responsible": responsible });
        pass_fail(id, json!({ "criterion": criterion(None, id, more) }))
    };
    let entries = json!([
        question("shop", json!("site")),
        question("licence", json!({ "authority": text("市场监督管理部门") })),
        question("well", json!("unknown")),
    ]);
    prepared(form("street", 1, entries))
}

/// This fails, with its sheet open; the others pass.
fn failing(question: &str) -> OpenDraft {
    let kept = Draft { forms: vec![DraftForm::of(street().form())], ..draft() };
    let mut open = OpenDraft::open(kept, &[street()]).unwrap();
    for one in ["shop", "licence", "well"] {
        answer(&mut open, one, if one == question { Answer::Fail } else { Answer::Pass });
    }
    write_up(&mut open, 0, question, 1);
    open
}

fn finding<'a>(open: &'a OpenDraft, question: &str) -> &'a Finding {
    open.finding(0, &key(question)).unwrap()
}

/// What is reported of the one hazard.
fn reported(open: OpenDraft) -> Found {
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.visit.check(&[street()]), Ok(()));
    match sealed.hazards.as_slice() {
        [(_, command @ HazardCommand::Report(found))] => {
            assert_eq!(command.check(), Ok(()), "as the server will check it");
            found.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_criterion_proposes_whose_it_is_and_the_site_alone_has_a_deadline() {
    let of_site = reported(failing("shop"));
    assert_eq!((of_site.responsible_kind, of_site.responsible.as_str()), (ResponsibleKind::Site, "锦绣物业"));
    assert_eq!(of_site.due.unwrap().to_string(), "2026-12-01");

    let of_authority = reported(failing("licence"));
    assert_eq!((of_authority.authority(), of_authority.due), (Some("市场监督管理部门"), None));

    let open = failing("well");
    assert!(finding(&open, "well").is_to_be_referred());
    assert_eq!(open.form_issues(0), [], "nobody known needs no name");
    let of_nobody = reported(open);
    assert_eq!(of_nobody.responsible_kind, ResponsibleKind::Unknown);
    assert_eq!((of_nobody.responsible.as_str(), of_nobody.due), ("", None));
}

#[test]
fn whoever_chooses_again_finds_what_was_written() {
    let mut open = failing("licence");
    let choose = |open: &mut OpenDraft, kind| {
        open.change_finding(0, &key("licence"), |finding| finding.responsible_kind = kind);
    };
    choose(&mut open, ResponsibleKind::Site);
    assert!(!finding(&open, "licence").is_to_be_referred());
    let draft = open.draft().clone();
    let of_site = reported(open);
    assert_eq!((of_site.responsible.as_str(), of_site.due.is_some()), ("锦绣物业", true));

    let mut open = OpenDraft::open(draft, &[street()]).unwrap();
    choose(&mut open, ResponsibleKind::Authority);
    assert_eq!(reported(open).authority(), Some("市场监督管理部门"));
}

#[test]
fn an_authority_is_named_before_the_visit_is_sealed() {
    let mut open = failing("licence");
    // What nobody can see is no name.
    for empty in ["", "  ", "\u{200b}"] {
        open.change_finding(0, &key("licence"), |finding| finding.authority = empty.to_owned());
        assert_eq!(open.form_issues(0), [ValidationIssue::NeedsAuthority(key("licence"))]);
        assert!(open.form_issues(0)[0].is_in_sheet());
    }
    open.change_finding(0, &key("licence"), |finding| finding.responsible_kind = ResponsibleKind::Unknown);
    assert_eq!(open.form_issues(0), []);
}

#[test]
fn what_was_put_right_on_the_spot_is_proven_whoever_answers_for_it() {
    let mut open = failing("licence");
    assert_eq!(open.form_issues(0), [], "no proof is asked of what nobody put right");
    open.change_finding(0, &key("licence"), |finding| finding.fixed = true);
    assert!(!finding(&open, "licence").is_to_be_referred());
    assert_eq!(open.form_issues(0), [ValidationIssue::NeedsAfterPhoto(key("licence"))]);
    open.change_finding(0, &key("licence"), |finding| finding.after.push(PhotoHash::of(b"after")));
    let found = reported(open);
    assert!(found.fixed.is_some() && found.authority().is_some());
}
