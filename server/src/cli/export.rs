//! The office's records as tables that any spreadsheet opens.

use super::words;
use crate::state::AppState;
use anyhow::Context;
use domain::{
    ledger::{LedgerFilter, LedgerSort, Standing},
    role::Scope,
    text::Lang,
    time::{long, office_day},
};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

/// So that spreadsheets take the text for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub async fn run(state: &AppState, folder: &Path) -> anyhow::Result<()> {
    let office = super::user::the_office(state).await?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let today = office_day(state.now());
    let mut hazards = table(folder, "hazards.csv")?;
    hazards.write_record([
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
    ])?;
    let mut filter = LedgerFilter {
        standing: Standing::Any,
        sort: LedgerSort::Number,
        page: 1,
        ..LedgerFilter::default()
    };
    let mut written = 0;
    loop {
        let page = state.store.ledger(office.id, &Scope::Office, &filter, today).await?;
        if page.rows.is_empty() {
            break;
        }
        for row in page.rows {
            written += 1;
            hazards.write_record([
                row.number.as_str(),
                &guarded(&row.what),
                app::i18n::trade::severity(Lang::Zh, row.level),
                app::i18n::trade::stage_word(Lang::Zh, &row.stage),
                &row.sector.name().zh,
                &guarded(&row.site_name),
                &row.risk.name().zh,
                &row.community_name,
                row.department_name.as_deref().unwrap_or_default(),
                &long(row.found_at),
                &row.found_by,
                &row.due.map(|due| due.to_string()).unwrap_or_default(),
            ])?;
        }
        filter.page += 1;
    }
    hazards.flush()?;
    let sites = state.store.all_sites(office.id).await?;
    let mut table = table(folder, "sites.csv")?;
    table.write_record(["编码", "名称", "行业", "风险等级", "地址", "责任人", "电话", "包联领导"])?;
    for site in &sites {
        let contact = site.contacts.first().cloned().unwrap_or_default();
        table.write_record([
            site.code.as_str(),
            &guarded(&site.name),
            &site.sector.name().zh,
            &site.risk.name().zh,
            &guarded(&site.address),
            &guarded(&contact.name),
            &contact.phone,
            &site.leader,
        ])?;
    }
    table.flush()?;
    println!("{}", words::exported(words::lang(), written, sites.len(), folder.display().to_string()));
    Ok(())
}

fn table(folder: &Path, name: &str) -> anyhow::Result<csv::Writer<File>> {
    let mut file = File::create(folder.join(name))?;
    file.write_all(BYTE_ORDER_MARK)?;
    Ok(csv::Writer::from_writer(file))
}

/// Words that a spreadsheet would take for a formula get an apostrophe in front.
fn guarded(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn words_never_become_formulas() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("飞线充电"), "飞线充电");
    }
}
