//! # Who may ask what, and how much they may send
//!
//! One table: every route and every function of the pages, with who may call it, how far it reaches, what its body may weigh
//! and how fast it must come. [`super::gate`] obeys it before a byte of a body is read; what is not in the table is not
//! served. Handlers check role and place again, since only they know the record.

mod rule;

pub use rule::{Body, Rule, Scope, Verdict, Who};

use domain::{form::QuestionPicture, photo::PhotoFacts, role::Action};
use rule::{function, get, page, send};
use service::public_reports::LARGEST_PHOTO;

/// Where the pages' functions are.
pub const FUNCTIONS: &str = "/api/pages/";

/// Bytes of a function's arguments or of a small request.
pub const SMALL: u64 = 64 * 1024;

/// Bytes of one sync request: fifty operations and room.
const LARGEST_SYNC: u64 = 16 * 1024 * 1024;

/// Bytes of an imported workbook with its form.
const LARGEST_TABLE: u64 = 10 * 1024 * 1024;

/// Bytes of a form of the office with all pictures that it may show, as they are kept.
const LARGEST_FORM: u64 = 16 * 1024 * 1024;

/// Bytes of a picture for a form, with its form.
const LARGEST_PICTURE: u64 = QuestionPicture::LARGEST_CHOSEN + SMALL;

/// Bytes of a photo of a repair from whoever has no account, with its form.
const LARGEST_REPAIR: u64 = PhotoFacts::LARGEST + SMALL;

/// Bytes of six digits, with their form.
const DIGITS: u64 = 4 * 1024;

/// Bytes of what a browser says of where it takes messages.
const SUBSCRIPTION: u64 = 8 * 1024;

/// Bytes of what a stranger reports, with a photo that their browser has made smaller.
pub const LARGEST_REPORT: u64 = LARGEST_PHOTO + SMALL;

/// Bytes of a phone's unsent work, which is read as it comes.
const LARGEST_BUNDLE: u64 = 1024 * 1024 * 1024;

/// Bytes of a bundle that are in memory at a time: a photo and what frames it.
const BUNDLE_HELD: u64 = PhotoFacts::LARGEST + 4 * 1024 * 1024;

const PIECE: Body = Body::Stream { most: PhotoFacts::LARGEST, held: PhotoFacts::LARGEST };
const BUNDLE: Body = Body::Stream { most: LARGEST_BUNDLE, held: BUNDLE_HELD };
const TABLE: Body = Body::Stream { most: LARGEST_TABLE, held: LARGEST_TABLE };
const FORM: Body = Body::Stream { most: LARGEST_FORM, held: LARGEST_FORM };
const PICTURE: Body = Body::Stream { most: LARGEST_PICTURE, held: LARGEST_PICTURE };
const REPAIR: Body = Body::Stream { most: LARGEST_REPAIR, held: LARGEST_REPAIR };
const FIELD: Who = Who::May(Action::UseField);
const DESK: Who = Who::May(Action::UseOffice);
const SITES: Who = Who::May(Action::ManageSites);
const PEOPLE: Who = Who::May(Action::ManagePeople);
const SETTINGS: Who = Who::May(Action::ManageSettings);
const GIVES: Who = Who::May(Action::Assign);
const JOBS: Who = Who::May(Action::ManageJobs);
const FORMS: Who = Who::May(Action::ManageForms);
const CHECKS: Who = Who::May(Action::PlanSpotChecks);
const AUDIT: Who = Who::May(Action::ReadAudit);

/// What devices speak.
#[rustfmt::skip]
const DEVICES: &[Rule] = &[
    send("POST", "/api/v1/session", Who::Anybody, Scope::Nothing, Body::Whole { most: SMALL }),
    get("/api/v1/session", Who::SignedIn, Scope::Own),
    // A phone that signed out without signal has half of it left: the handler takes the session by its cookie alone.
    send("DELETE", "/api/v1/session", Who::Anybody, Scope::Own, Body::Nothing),
    send("POST", "/api/v1/password", Who::SignedIn, Scope::Own, Body::Whole { most: SMALL }),
    send("POST", "/api/v1/sync", FIELD, Scope::Place, Body::Whole { most: LARGEST_SYNC }),
    get("/api/v1/attachments/{hash}", Who::SignedIn, Scope::Place),
    get("/api/v1/attachments/{hash}/thumbnail", Who::SignedIn, Scope::Place),
    get("/api/v1/attachments/{hash}/preview", Who::SignedIn, Scope::Place),
    get("/api/v1/attachments/{hash}/receipt", Who::SignedIn, Scope::Own),
    get("/api/v1/hazards/{id}/photos", Who::May(Action::Recheck), Scope::Place),
    get("/api/v1/records/{kind}/{id}", FIELD, Scope::Place),
    get("/api/v1/sites/{id}/earlier", FIELD, Scope::Place),
    get("/api/v1/orders/{id}/key", FIELD, Scope::Own),
    get("/api/v1/push", FIELD, Scope::Own),
    send("PUT", "/api/v1/push", FIELD, Scope::Own, Body::Whole { most: SUBSCRIPTION }),
    send("DELETE", "/api/v1/push", FIELD, Scope::Own, Body::Nothing),
    send("OPTIONS", "/api/v1/uploads", Who::Anybody, Scope::Nothing, Body::Nothing),
    send("POST", "/api/v1/uploads", Who::SignedIn, Scope::Own, PIECE),
    send("HEAD", "/api/v1/uploads/{id}", Who::SignedIn, Scope::Own, Body::Nothing),
    send("PATCH", "/api/v1/uploads/{id}", Who::SignedIn, Scope::Own, PIECE),
    send("POST", "/api/v1/uploads/{id}", Who::SignedIn, Scope::Own, PIECE),
    send("DELETE", "/api/v1/uploads/{id}", Who::SignedIn, Scope::Own, Body::Nothing),
    send("POST", "/api/v1/bundles", PEOPLE, Scope::Office, BUNDLE),
    get("/api/v1/receipt-key", Who::Anybody, Scope::Nothing),
    get("/api/v1/openapi.json", Who::Anybody, Scope::Nothing),
];

/// What watches the machine.
#[rustfmt::skip]
const MACHINE: &[Rule] = &[
    get("/healthz", Who::Anybody, Scope::Nothing),
    get("/readyz", Who::Machine, Scope::Nothing),
    get("/metrics", Who::Machine, Scope::Nothing),
];

/// What pages ask.
#[rustfmt::skip]
const ASKED: &[Rule] = &[
    function("/api/pages/sign_in", Who::Anybody, Scope::Nothing),
    function("/api/pages/sign_out", Who::Anybody, Scope::Own),
    function("/api/pages/whither", Who::Anybody, Scope::Own),
    function("/api/pages/set_language", Who::Anybody, Scope::Nothing),
    function("/api/pages/second_factor", Who::Anybody, Scope::Own),
    function("/api/pages/change_password", Who::SignedIn, Scope::Own),
    function("/api/pages/confirm", Who::SignedIn, Scope::Own),
    function("/api/pages/factor", Who::SignedIn, Scope::Own),
    function("/api/pages/begin_factor", Who::SignedIn, Scope::Own),
    function("/api/pages/set_factor", Who::SignedIn, Scope::Own),
    function("/api/pages/end_factor", Who::SignedIn, Scope::Own),
    function("/api/pages/sign_out_everywhere", Who::SignedIn, Scope::Own),
    function("/api/pages/devices", Who::SignedIn, Scope::Own),
    function("/api/pages/sign_out_device", Who::SignedIn, Scope::Own),
    function("/api/pages/frame", DESK, Scope::Place),
    function("/api/pages/rail_counts", DESK, Scope::Place),
    function("/api/pages/overview", DESK, Scope::Place),
    function("/api/pages/ledger", DESK, Scope::Place),
    function("/api/pages/hazard", DESK, Scope::Place),
    function("/api/pages/act", DESK, Scope::Place),
    function("/api/pages/visits", DESK, Scope::Place),
    function("/api/pages/visit", DESK, Scope::Place),
    function("/api/pages/sites", DESK, Scope::Place),
    function("/api/pages/site", DESK, Scope::Place),
    function("/api/pages/spot_checks", DESK, Scope::Office),
    function("/api/pages/spot_check_plan", DESK, Scope::Office),
    function("/api/pages/edit_spot_check_plan", CHECKS, Scope::Office),
    function("/api/pages/propose_spot_checks", CHECKS, Scope::Office),
    function("/api/pages/save_spot_check_plan", CHECKS, Scope::Office),
    function("/api/pages/change_spot_check_plan", DESK, Scope::Office),
    function("/api/pages/spoken_words", DESK, Scope::Office),
    function("/api/pages/draw", Who::Anybody, Scope::Nothing),
    function("/api/pages/parties", DESK, Scope::Place),
    function("/api/pages/party", DESK, Scope::Place),
    function("/api/pages/grids", DESK, Scope::Place),
    function("/api/pages/map", DESK, Scope::Place),
    send("POST", "/api/pages/outlines", SITES, Scope::Office, TABLE),
    function("/api/pages/kept_outlines", SITES, Scope::Office),
    function("/api/pages/remove_outline", SITES, Scope::Office),
    function("/api/pages/tasks", DESK, Scope::Place),
    function("/api/pages/task", DESK, Scope::Place),
    function("/api/pages/giving", GIVES, Scope::Place),
    function("/api/pages/give_task", GIVES, Scope::Place),
    function("/api/pages/change_task", GIVES, Scope::Place),
    function("/api/pages/leaving", GIVES, Scope::Place),
    function("/api/pages/hand_over", GIVES, Scope::Place),
    function("/api/pages/unsent", DESK, Scope::Place),
    function("/api/pages/public_reports", DESK, Scope::Place),
    function("/api/pages/public_report", DESK, Scope::Place),
    function("/api/pages/act_on_report", GIVES, Scope::Place),
    function("/api/pages/ask_contact", GIVES, Scope::Place),
    function("/api/pages/open_contact", GIVES, Scope::Place),
    function("/api/pages/report_settings", GIVES, Scope::Office),
    function("/api/pages/hold_contacts", GIVES, Scope::Own),
    function("/api/pages/release_contacts", GIVES, Scope::Office),
    function("/api/pages/save_report_settings", SETTINGS, Scope::Office),
    function("/api/pages/disclose", Who::May(Action::AssignAndSupervise), Scope::Place),
    function("/api/pages/complaints", AUDIT, Scope::Office),
    function("/api/pages/complaint", AUDIT, Scope::Office),
    function("/api/pages/mark_complaint", AUDIT, Scope::Office),
    function("/api/pages/forms", DESK, Scope::Office),
    function("/api/pages/form", DESK, Scope::Office),
    function("/api/pages/compare_forms", DESK, Scope::Office),
    function("/api/pages/form_draft", FORMS, Scope::Office),
    function("/api/pages/edit_draft", FORMS, Scope::Office),
    function("/api/pages/lint_draft", FORMS, Scope::Office),
    function("/api/pages/find_references", FORMS, Scope::Office),
    function("/api/pages/preview_draft", FORMS, Scope::Office),
    function("/api/pages/begin_draft", FORMS, Scope::Office),
    function("/api/pages/discard_draft", FORMS, Scope::Office),
    function("/api/pages/publish_draft", FORMS, Scope::Office),
    function("/api/pages/withdraw_form", FORMS, Scope::Office),
    function("/api/pages/standards", FORMS, Scope::Office),
    function("/api/pages/change_standard", FORMS, Scope::Office),
    send("POST", "/api/pages/send_form", FORMS, Scope::Office, FORM),
    send("POST", "/api/pages/send_picture", FORMS, Scope::Office, PICTURE),
    function("/api/pages/save_site", SITES, Scope::Office),
    function("/api/pages/merge_site", SITES, Scope::Office),
    function("/api/pages/save_party", SITES, Scope::Office),
    send("POST", "/api/pages/import", SITES, Scope::Office, TABLE),
    function("/api/pages/import_preview", SITES, Scope::Own),
    function("/api/pages/import_mark", SITES, Scope::Own),
    function("/api/pages/import_write", SITES, Scope::Own),
    function("/api/pages/import_forget", SITES, Scope::Own),
    function("/api/pages/last_imports", SITES, Scope::Office),
    function("/api/pages/import_undo", SITES, Scope::Office),
    function("/api/pages/people", PEOPLE, Scope::Office),
    function("/api/pages/person", PEOPLE, Scope::Office),
    function("/api/pages/save_person", PEOPLE, Scope::Office),
    function("/api/pages/quarantine", PEOPLE, Scope::Office),
    function("/api/pages/decide", PEOPLE, Scope::Office),
    function("/api/pages/audit", AUDIT, Scope::Office),
    function("/api/pages/jobs", JOBS, Scope::Office),
    function("/api/pages/decide_job", JOBS, Scope::Office),
    send("POST", "/api/pages/bring_in", PEOPLE, Scope::Office, BUNDLE),
    function("/api/pages/settings", SITES, Scope::Office),
    function("/api/pages/change_place", SITES, Scope::Office),
    function("/api/pages/save_settings", SITES, Scope::Office),
    function("/api/pages/save_office_settings", SETTINGS, Scope::Office),
    function("/api/pages/inspection_rules", SETTINGS, Scope::Office),
    function("/api/pages/change_inspection_rules", SETTINGS, Scope::Office),
    function("/api/pages/notices", DESK, Scope::Own),
    function("/api/pages/see_notices", DESK, Scope::Own),
    function("/api/pages/notice_settings", SETTINGS, Scope::Office),
    function("/api/pages/save_notice_rule", SETTINGS, Scope::Office),
    function("/api/pages/save_notice_channel", SETTINGS, Scope::Office),
    function("/api/pages/set_up", Who::Anybody, Scope::Nothing),
];

/// Documents.
#[rustfmt::skip]
const PAGES: &[Rule] = &[
    page("/", Who::Anybody, Scope::Nothing),
    page("/draws/{id}", Who::Anybody, Scope::Nothing),
    get("/draws/{id}/draw.json", Who::Anybody, Scope::Nothing),
    // What people without an account report and follow; the use cases hold them to a pace, a puzzle and few turns.
    page("/report", Who::Anybody, Scope::Nothing),
    send("POST", "/report", Who::Anybody, Scope::Nothing, Body::Whole { most: LARGEST_REPORT }),
    send("POST", "/report/near", Who::Anybody, Scope::Nothing, Body::Whole { most: SMALL }),
    page("/report/{number}", Who::Anybody, Scope::Nothing),
    send("POST", "/report/{number}", Who::Anybody, Scope::Nothing, Body::Whole { most: SMALL }),
    page("/results", Who::Anybody, Scope::Nothing),
    page("/signin", Who::Anybody, Scope::Nothing),
    page("/signin/code", Who::Anybody, Scope::Nothing),
    page("/setup", Who::Anybody, Scope::Nothing),
    page("/account/devices", Who::SignedIn, Scope::Own),
    page("/account/password", Who::SignedIn, Scope::Own),
    page("/account/confirm", Who::SignedIn, Scope::Own),
    page("/account/second-factor", Who::SignedIn, Scope::Own),
    page("/office", DESK, Scope::Place),
    page("/office/hazards", DESK, Scope::Place),
    page("/office/hazards/{id}", DESK, Scope::Place),
    page("/office/visits", DESK, Scope::Place),
    page("/office/visits/{id}", DESK, Scope::Place),
    page("/office/sites", DESK, Scope::Place),
    page("/office/sites/new", SITES, Scope::Office),
    page("/office/sites/{id}", DESK, Scope::Place),
    page("/office/sites/{id}/edit", SITES, Scope::Office),
    page("/office/checks", DESK, Scope::Office),
    page("/office/checks/new", CHECKS, Scope::Office),
    page("/office/checks/{id}", DESK, Scope::Office),
    page("/office/checks/{id}/edit", CHECKS, Scope::Office),
    page("/office/checks/{id}/sites", CHECKS, Scope::Office),
    get("/office/checks/{id}/draw.json", DESK, Scope::Office),
    page("/office/parties", DESK, Scope::Place),
    page("/office/parties/new", SITES, Scope::Office),
    page("/office/parties/{id}", DESK, Scope::Place),
    page("/office/parties/{id}/edit", SITES, Scope::Office),
    page("/office/grids", DESK, Scope::Place),
    page("/office/map", DESK, Scope::Place),
    page("/office/outlines", SITES, Scope::Office),
    page("/office/tasks", DESK, Scope::Place),
    page("/office/tasks/new", GIVES, Scope::Place),
    page("/office/tasks/{id}", DESK, Scope::Place),
    page("/office/unsent", DESK, Scope::Place),
    page("/office/reports", DESK, Scope::Place),
    page("/office/reports/settings", GIVES, Scope::Office),
    page("/office/reports/{id}", DESK, Scope::Place),
    get("/office/reports/{id}/photos/{hash}", DESK, Scope::Place),
    page("/office/complaints", AUDIT, Scope::Office),
    page("/office/complaints/{id}", AUDIT, Scope::Office),
    page("/office/standards", FORMS, Scope::Office),
    page("/office/forms", DESK, Scope::Office),
    page("/office/forms/{id}", DESK, Scope::Office),
    page("/office/forms/{id}/edit", FORMS, Scope::Office),
    page("/office/forms/{id}/compare", DESK, Scope::Office),
    get("/office/forms/{id}/{file}", DESK, Scope::Office),
    get("/office/export/hazards/{format}", DESK, Scope::Place),
    get("/office/export/visits/{format}", DESK, Scope::Place),
    get("/office/export/sites/{format}", DESK, Scope::Place),
    get("/office/export/checks/{format}", DESK, Scope::Office),
    get("/office/export/parties/{format}", DESK, Scope::Place),
    get("/office/export/grids/{format}", DESK, Scope::Place),
    get("/office/export/tasks/{format}", DESK, Scope::Place),
    get("/office/export/unsent/{format}", DESK, Scope::Place),
    get("/office/export/reports/{format}", DESK, Scope::Place),
    get("/office/export/complaints/{format}", AUDIT, Scope::Office),
    get("/office/export/people/{format}", PEOPLE, Scope::Office),
    get("/office/export/quarantine/{format}", PEOPLE, Scope::Office),
    get("/office/export/audit/{format}", AUDIT, Scope::Office),
    page("/office/import", SITES, Scope::Office),
    page("/office/import/{id}", SITES, Scope::Own),
    get("/office/import/{id}/marked.xlsx", SITES, Scope::Own),
    page("/office/quarantine", PEOPLE, Scope::Office),
    page("/office/audit", AUDIT, Scope::Office),
    page("/office/jobs", JOBS, Scope::Office),
    page("/office/settings", SITES, Scope::Office),
    page("/office/inspections", SETTINGS, Scope::Office),
    page("/office/notices", DESK, Scope::Own),
    page("/office/notices/rules", SETTINGS, Scope::Office),
    page("/office/start", PEOPLE, Scope::Office),
    page("/office/people", PEOPLE, Scope::Office),
    page("/office/people/new", PEOPLE, Scope::Office),
    page("/office/people/{id}", PEOPLE, Scope::Office),
    page("/office/people/{id}/hand-over", GIVES, Scope::Place),
    get("/field", Who::Anybody, Scope::Nothing),
    get("/field/", Who::Anybody, Scope::Nothing),
    get("/field/{*screen}", Who::Anybody, Scope::Nothing),
    get("/sw.js", Who::Anybody, Scope::Nothing),
];

/// What is opened by a short code, and what the desk prints for it.
#[rustfmt::skip]
const CODES: &[Rule] = &[
    page("/c", Who::Anybody, Scope::Nothing),
    page("/c/{code}", Who::Anybody, Scope::Nothing),
    send("POST", "/c/{code}", Who::Anybody, Scope::Nothing, Body::Whole { most: DIGITS }),
    send("POST", "/c/{code}/repair", Who::CodeHolder, Scope::Own, REPAIR),
    send("POST", "/c/{code}/time", Who::CodeHolder, Scope::Own, Body::Whole { most: SMALL }),
    send("POST", "/c/{code}/words", Who::CodeHolder, Scope::Own, Body::Whole { most: SMALL }),
    send("POST", "/c/{code}/complaint", Who::CodeHolder, Scope::Own, Body::Whole { most: SMALL }),
    get("/c/{code}/photos/{hash}", Who::CodeHolder, Scope::Own),
    page("/office/hazards/{id}/code", DESK, Scope::Place),
    send("POST", "/office/hazards/{id}/code", GIVES, Scope::Place, Body::Whole { most: SMALL }),
    page("/office/sites/posters", SITES, Scope::Place),
    send("POST", "/office/sites/posters", SITES, Scope::Place, Body::Whole { most: SMALL }),
];

/// The whole table.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [DEVICES, MACHINE, ASKED, PAGES, CODES].into_iter().flatten()
}

/// `path` as in the table. A HEAD is a GET unless it has a line of its own.
pub fn rule(method: &str, path: &str) -> Verdict {
    let of = |method: &str| rules().find(|rule| rule.path == path && rule.method == method);
    let found = of(method).or_else(|| if method == "HEAD" { of("GET") } else { None });
    match found {
        Some(rule) => Verdict::Rule(rule),
        None if rules().any(|rule| rule.path == path) => Verdict::OtherMethod,
        None => Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::list::ListName;
    use std::{collections::BTreeSet, time::Duration};

    #[test]
    fn every_line_is_there_once() {
        let mut seen = BTreeSet::new();
        for rule in rules() {
            assert!(seen.insert((rule.method, rule.path)), "twice: {} {}", rule.method, rule.path);
        }
    }

    #[test]
    fn strangers_send_little_and_soon() {
        // A photo of a report is the one thing that is larger; it comes whole, within its time and the budget of strangers.
        let with_photo = |rule: &&Rule| rule.path == "/report";
        assert!(rules().filter(with_photo).all(|rule| rule.body.most() <= LARGEST_REPORT));
        let strangers = |rule: &&Rule| matches!(rule.who, Who::Anybody | Who::Machine);
        for rule in rules().filter(|rule| strangers(rule) && !with_photo(rule)) {
            assert!(rule.body.most() <= SMALL, "{}", rule.path);
            assert!(rule.body.time_for(rule.body.most()) <= Duration::from_secs(14), "{}", rule.path);
        }
    }

    #[test]
    fn only_files_are_more_than_small_arguments_of_a_function() {
        let large = rules().filter(|rule| rule.path.starts_with(FUNCTIONS) && rule.body.most() > SMALL);
        let large: Vec<_> = large.map(|rule| rule.path).collect();
        let files = ["outlines", "send_form", "send_picture", "import", "bring_in"];
        assert_eq!(large, files.map(|name| format!("{FUNCTIONS}{name}")));
    }

    #[test]
    fn a_list_is_had_as_a_file_by_whoever_may_see_it() {
        for list in ListName::ALL {
            let path = format!("/office/export/{}/{{format}}", list.as_str());
            let rule = rules().find(|rule| rule.path == path).unwrap();
            assert_eq!(rule.who, Who::May(list.action()), "{path}");
        }
    }

    #[test]
    fn a_head_is_a_get_and_an_unknown_path_has_no_rule() {
        assert!(matches!(rule("HEAD", "/office"), Verdict::Rule(rule) if rule.method == "GET"));
        assert!(matches!(rule("HEAD", "/api/v1/uploads/{id}"), Verdict::Rule(rule) if rule.method == "HEAD"));
        assert!(matches!(rule("PUT", "/healthz"), Verdict::OtherMethod));
        assert!(matches!(rule("GET", "/nowhere"), Verdict::Unknown));
    }
}
