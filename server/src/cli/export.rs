//! The office's records as tables that any spreadsheet opens, and that import takes back.

use super::words;
use crate::{export, state::AppState};
use anyhow::Context;
use app::i18n::import as t;
use domain::{
    import::ImportKind,
    ledger::{LedgerFilter, LedgerSort, Standing},
    role::Scope,
    text::Lang,
    time::{long, office_day},
};
use std::{fs, path::Path};

pub async fn run(state: &AppState, folder: &Path) -> anyhow::Result<()> {
    let office = super::user::the_office(state).await?;
    let lang = words::lang();
    fs::create_dir_all(folder).with_context(|| words::cannot_make(lang, folder.display().to_string()))?;
    let hazards = hazards(state, office.id).await?;
    let places = state.store.places(office.id).await?;
    let sites = state.store.all_sites(office.id).await?;
    let people = state.store.people(office.id).await?;
    let tables = [
        ("hazards.csv", None, hazards),
        ("sites.csv", Some(ImportKind::Sites), export::sites(&sites, &places, &state.kinds)),
        ("people.csv", Some(ImportKind::People), export::people(&people, &places, &sites)),
    ];
    for (name, what, rows) in &tables {
        let path = folder.join(name);
        fs::write(&path, export::csv(rows)?)
            .with_context(|| words::cannot_write(lang, path.display().to_string()))?;
        println!("{}: {}", path.display(), t::count_rows(lang, rows.len() - 1));
        let beyond = what.map(|what| export::beyond_import(rows, what)).unwrap_or_default();
        if !beyond.is_empty() {
            eprintln!("{}", words::too_long_to_return(lang, path.display().to_string(), beyond.join(", ")));
        }
    }
    Ok(())
}

async fn hazards(state: &AppState, office: domain::id::OfficeId) -> anyhow::Result<export::Rows> {
    const HEADINGS: [&str; 12] = [
        "编号",
        "隐患",
        "等级",
        "环节",
        "行业",
        "场所",
        "风险等级",
        "社区",
        "部门",
        "发现时间",
        "发现人",
        "期限",
    ];
    let today = office_day(state.now());
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    let mut filter = LedgerFilter {
        standing: Standing::Any,
        sort: LedgerSort::Number,
        page: 1,
        ..LedgerFilter::default()
    };
    loop {
        let page = state.store.ledger(office, &Scope::Office, &filter, today).await?;
        if page.rows.is_empty() {
            return Ok(rows);
        }
        rows.extend(page.rows.into_iter().map(|row| {
            vec![
                row.number,
                row.what,
                app::i18n::trade::severity(Lang::Zh, row.level).to_owned(),
                app::i18n::trade::status(Lang::Zh, row.status).to_owned(),
                row.sector.name().zh,
                row.site_name,
                row.risk.name().zh,
                row.community_name,
                row.department_name.unwrap_or_default(),
                long(row.found_at),
                row.found_by,
                row.due.map(|due| due.to_string()).unwrap_or_default(),
            ]
        }));
        filter.page += 1;
    }
}
