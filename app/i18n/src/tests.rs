//! Both languages say the same: the macro makes sure that the keys match, this that the texts do.

use super::{
    account, admin, answers, api, audit, campaign, catalogue, cli, clock, codes, complaints, device, draws,
    edge, expression, field, form_editing, form_faults, forms, hazards, import, inspection, jobs, limits,
    map, money, notices, office, orders, papers, parties, password, patrol, photos, places, public_reports,
    quick_report, ready, settings, sign_off, spot_checks, standards, tasks, trade, unlock, unsent, visit,
    xlsform,
};
use std::collections::BTreeSet;

fn arguments(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split(['}', ':']).next()).map(str::to_owned).collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// All of them; a new one is added here.
const CATALOGUES: [&[(&str, &str, &str)]; 51] = [
    account::ALL,
    admin::ALL,
    answers::ALL,
    api::ALL,
    audit::ALL,
    campaign::ALL,
    catalogue::ALL,
    cli::ALL,
    clock::ALL,
    codes::ALL,
    complaints::ALL,
    device::ALL,
    draws::ALL,
    edge::ALL,
    expression::ALL,
    field::ALL,
    form_editing::ALL,
    form_faults::ALL,
    forms::ALL,
    hazards::ALL,
    import::ALL,
    inspection::ALL,
    visit::ALL,
    xlsform::ALL,
    jobs::ALL,
    limits::ALL,
    map::ALL,
    money::ALL,
    notices::ALL,
    office::ALL,
    office::accounts::ALL,
    office::imports::ALL,
    office::register::ALL,
    orders::ALL,
    papers::ALL,
    parties::ALL,
    password::ALL,
    patrol::ALL,
    photos::ALL,
    places::ALL,
    public_reports::ALL,
    quick_report::ALL,
    ready::ALL,
    sign_off::ALL,
    settings::ALL,
    tasks::ALL,
    spot_checks::ALL,
    standards::ALL,
    trade::ALL,
    unlock::ALL,
    unsent::ALL,
];

#[test]
fn every_message_is_complete_in_both_languages() {
    let mut checked = 0;
    for (key, zh, en) in CATALOGUES.into_iter().flatten() {
        assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{key} is empty");
        assert_eq!(arguments(zh), arguments(en), "{key} uses other arguments in the other language");
        let without_names = en.replace("中文", "").replace("巡安", "");
        assert!(!without_names.contains(is_han), "{key}: the English text holds Chinese: {en}");
        checked += 1;
    }
    assert!(checked > 200, "only {checked} messages found");
}

#[test]
fn no_key_is_written_twice_in_a_catalogue() {
    for catalogue in CATALOGUES {
        let keys: BTreeSet<_> = catalogue.iter().map(|(key, ..)| key).collect();
        assert_eq!(keys.len(), catalogue.len());
    }
    // The desk's are one to whoever says them.
    let desk = [office::ALL, office::accounts::ALL, office::imports::ALL, office::register::ALL].concat();
    let keys: BTreeSet<_> = desk.iter().map(|(key, ..)| key).collect();
    assert_eq!(keys.len(), desk.len());
}

#[test]
fn a_time_that_a_phone_cannot_mean_is_said_to_be_its_clocks() {
    let received = "2026-11-23T04:00:00Z".parse().unwrap();
    let said = |at: &str| limits::said_by_phone(domain::text::Lang::Zh, at.parse().unwrap(), received);
    assert_eq!(said("2026-11-23T03:40:00Z"), "2026-11-23 11:40");
    assert!(said("2020-01-01T00:00:00Z").contains("手机时间有误（2020-01-01 08:00）"));
}

#[test]
fn how_far_a_clock_is_off_is_told_to_the_nearest() {
    let by = |seconds| clock::by(domain::text::Lang::Zh, chrono::Duration::seconds(seconds));
    assert_eq!([by(7_198), by(-10_799), by(2_700)], [" 2 小时", " 3 小时", " 45 分钟"]);
    assert_eq!(by(-24 * 3_600 * 3 + 2), " 3 天");
}
