//! Before its hour nothing shows where a sealed check is: everything that is served is asked by everybody but those who made and lead
//! the plan, a second supervisor and a second leader too, with each id that the check has; and no answer says more of the site than
//! that of an office like it in which nothing was sealed.

use super::{
    marks::{Marks, escaped},
    pages::{Pages, asked},
};
use axum::body::Body;
use chrono::Duration;
use domain::{role::Role, site::Site, spot_check::WordList};
use serde_json::json;
use server::http::policy::{self, Rule, Who};
use uuid::Uuid;

/// Somebody who neither made nor leads the plan.
struct Asker {
    name: String,
    role: Role,
    cookie: String,
}

/// One of each role that has no hand in it, and second ones of those that have.
async fn askers(pages: &Pages) -> Vec<Asker> {
    let mut askers = vec![];
    for role in Role::ALL {
        let name = match role {
            Role::Leader | Role::Supervisor => pages.second_of(role).await,
            Role::Inspector
            | Role::CommunityOfficer
            | Role::Officer
            | Role::Enterprise
            | Role::School
            | Role::Administrator => role.as_str().to_owned(),
        };
        let cookie = pages.cookie_of(&name).await;
        askers.push(Asker { name, role, cookie });
    }
    askers
}

/// What is asked about: nothing that there is, or something of the check. In the office without one it has another id.
struct Subject {
    name: &'static str,
    id: Uuid,
    in_twin: Uuid,
}

/// One request, without whoever asks.
struct Question {
    method: &'static str,
    path: String,
    kind: &'static str,
    body: String,
    page: bool,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Names by which functions of the pages take an id, alone or in a form.
const ARGUMENTS: [&str; 12] = [
    "id",
    "site",
    "check",
    "plan",
    "order",
    "hazard",
    "task",
    "person",
    "draft",
    "operation",
    "job",
    "party",
];

/// Whether the gate turns the role away before anything is read, as `rules.rs` tries on every route.
fn is_turned_away(rule: &Rule, role: Role) -> bool {
    let lacks = match rule.who {
        Who::Anybody | Who::SignedIn => false,
        Who::Machine | Who::CodeHolder => true,
        Who::May(action) => !role.may(action),
    };
    lacks || rule.part().is_some_and(|part| !role.may(part))
}

/// Everything that can be asked by this rule about this.
fn questions(rule: &Rule, subject: &str, id: Uuid, site: &Site) -> Vec<Question> {
    let ask = |path: String, kind, body: String| Question {
        method: rule.method,
        path,
        kind,
        body,
        page: rule.page,
    };
    let empty = || "{}".to_owned();
    if rule.path == "/api/v1/sync" {
        if subject != "nothing" {
            return vec![];
        }
        let pull = json!({ "device": Uuid::nil(), "now": "2026-11-24T02:00:00Z", "pull": true });
        return vec![ask(rule.path.to_owned(), JSON, pull.to_string())];
    }
    if rule.path.starts_with(policy::FUNCTIONS) {
        let mut named: serde_json::Map<_, _> =
            ARGUMENTS.iter().map(|name| ((*name).to_owned(), json!(id))).collect();
        named.insert("filter".to_owned(), json!({ "query": site.name }));
        named.insert("subject".to_owned(), json!({ "visit": { "site": id } }));
        named.insert("words".to_owned(), json!(site.name));
        let form = ARGUMENTS.iter().flat_map(|name| [format!("form[{name}]={id}"), format!("{name}={id}")]);
        let form = form.collect::<Vec<_>>().join("&");
        let path = || rule.path.to_owned();
        return vec![ask(path(), JSON, json!(named).to_string()), ask(path(), FORM, form)];
    }
    let path = rule
        .path
        .replace("{hash}", &"0".repeat(64))
        .replace("{code}", "7K2M94QD8X")
        .replace("{number}", "JB-2026-000001")
        .replace("{format}", "csv")
        .replace("{file}", "1.xlsx")
        .replace("{*screen}", "orders");
    if path.contains("{kind}") {
        let kinds = ["site", "hazard", "visit", "task", "sealed_order"];
        let of_kind = |kind| path.replace("{kind}", kind).replace("{id}", &id.to_string());
        return kinds.into_iter().map(|kind| ask(of_kind(kind), JSON, empty())).collect();
    }
    if path.contains("{id}") {
        // The desk has no page of an order.
        if rule.page && subject == "order" {
            return vec![];
        }
        return vec![ask(path.replace("{id}", &id.to_string()), JSON, empty())];
    }
    match subject {
        "nothing" => vec![ask(path, JSON, empty())],
        "site" if path.starts_with("/office") => {
            let sought = format!("{path}?q={}&site={id}", escaped(&site.name));
            vec![ask(sought, JSON, empty())]
        }
        _ => vec![],
    }
}

async fn answer(pages: &Pages, cookie: &str, question: &Question) -> String {
    let Question { method, path, kind, body, page } = question;
    let request = asked(method, path, cookie).header("content-type", *kind);
    let request = if *page { request.header("accept", "text/html") } else { request };
    pages.send(request.body(Body::from(body.clone())).unwrap()).await.text()
}

#[tokio::test]
async fn before_its_hour_no_answer_tells_where_a_check_is() {
    let (pages, twin) = (Pages::open().await, Pages::open().await);
    let (site, known) = (pages.office.site_to_check().await, twin.office.site_to_check().await);
    let (marks, usual) = (Marks::of_site(&site), Marks::of_site(&known));
    let (people, like) = (askers(&pages).await, askers(&twin).await);
    let hour = super::office::now() + Duration::hours(1);
    let sealed = pages.office.seal(&site, &[Role::Inspector, Role::CommunityOfficer], hour).await;

    let nothing = Uuid::nil();
    let new = |name, id| Subject { name, id, in_twin: nothing };
    let mut subjects = vec![
        new("nothing", nothing),
        Subject { name: "site", id: site.id.0, in_twin: known.id.0 },
        new("check", sealed.check.id.0),
        new("plan", sealed.check.plan.0),
    ];
    subjects.extend(sealed.orders.iter().map(|stored| new("order", stored.order.id.0)));

    let mut told_as_ever = 0;
    // The audit log comes first, for it keeps the words that were searched for: later it would tell what the test asked.
    let mut rules: Vec<_> = policy::rules().filter(|rule| matches!(rule.method, "GET" | "POST")).collect();
    rules.sort_by_key(|rule| (!rule.path.contains("audit"), rule.path.contains("/export/")));
    for rule in rules {
        for (asker, like) in people.iter().zip(&like) {
            // One would end what the others are asked with. The other lists every site whatever is planned, and writes down that it did.
            let is_left_out = rule.path.contains("sign_out") || rule.path == "/office/sites/posters";
            if is_left_out || is_turned_away(rule, asker.role) {
                continue;
            }
            for Subject { name, id, in_twin } in &subjects {
                let here = questions(rule, name, *id, &site);
                let there = questions(rule, name, *in_twin, &known);
                for (here, there) in here.iter().zip(&there) {
                    let count = marks.count(&answer(&pages, &asker.cookie, here).await);
                    // What changes something changes both, such as a draft that is called as was asked for, or a file, of which
                    // the audit log keeps by which words it was asked for.
                    if count == 0 && here.method == "GET" && !rule.path.contains("/export/") {
                        continue;
                    }
                    let usual = usual.count(&answer(&twin, &like.cookie, there).await);
                    assert!(
                        count <= usual,
                        "{} asks {} {} about the {name}: told of the site {count} times, and {usual} times where nothing is sealed",
                        asker.name,
                        here.method,
                        here.path
                    );
                    told_as_ever += usize::from(count > 0);
                }
            }
        }
    }
    assert!(told_as_ever > 0, "those who see the site are told of it as ever");
    // By the same question a maker is told, so it was the right one.
    let maker = pages.cookie(Role::Supervisor).await;
    let rule = policy::rules().find(|rule| rule.path == "/api/pages/spot_check_plan").unwrap();
    let asks = questions(rule, "plan", sealed.check.plan.0, &site);
    assert!(marks.count(&answer(&pages, &maker, &asks[0]).await) > 0);
    // The order itself, as it lies on the phone.
    for stored in &sealed.orders {
        let text = serde_json::to_string(&stored.order).unwrap();
        assert_eq!(marks.count(&text), 0, "an order tells where it leads");
        assert!(!text.contains(WordList::text()), "the list is put in when it is sent");
    }
}
