//! The list of plans.

use crate::{
    Result,
    sql::{
        QueryBuilder,
        columns::{count, date, day, time, word},
        lists::{ListQuery, Reader},
        scoped::push_equal,
        search::{Searched, push_words},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    id::SpotCheckPlanId,
    role::Scope,
    spot_check::{CheckProgress, ChecksStand, SpotCheckFilter, SpotCheckKind, SpotCheckRow, plan::PlanStep},
    time::office_day,
};
use uuid::Uuid;

/// Checks `k` of the plan `p` that were sent and whose last day is over: their own, where they were given another than the plan has.
fn push_missed(sql: &mut QueryBuilder, now: DateTime<Utc>) {
    sql.push("k.plan = p.id AND k.state = 'sent' AND COALESCE(k.until, p.until) < ");
    sql.push_bind(day(office_day(now)));
}

/// Plans as a filter narrows them. They are the whole office's concern: whoever sees less of it sees none.
pub(in crate::sql) struct SpotCheckQuery<'a> {
    pub reader: Reader<'a>,
    pub filter: &'a SpotCheckFilter,
}

impl ListQuery for SpotCheckQuery<'_> {
    /// The plan's own columns; of its checks how many are sent, how many of these are over, how many done and withdrawn.
    type Stored = (Uuid, String, String, String, String, i64, String, i64, i64, i64, i64);
    type Row = SpotCheckRow;

    const ID: &'static str = "p.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT p.id, p.title, p.kind, p.step, p.leader_name, p.opens_at, p.until,
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent'),
                 (SELECT count(*) FROM spot_check k WHERE ",
        );
        push_missed(sql, self.reader.now);
        sql.push(
            "),
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'done'),
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'withdrawn')
             FROM spot_check_plan p",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { reader, filter } = self;
        sql.push(" FROM spot_check_plan p WHERE p.office = ").push_bind(reader.office.0);
        if *reader.scope != Scope::Office {
            sql.push(" AND FALSE");
        }
        push_equal(sql, "p.kind", filter.kind.map(SpotCheckKind::as_str));
        push_equal(sql, "p.step", filter.step.map(PlanStep::as_str));
        match filter.checks {
            None => {}
            Some(ChecksStand::Missed) => {
                sql.push(" AND EXISTS (SELECT 1 FROM spot_check k WHERE ");
                push_missed(sql, reader.now);
                sql.push(")");
            }
        }
        push_words(sql, &filter.query, &["p.title"].map(Searched::Column));
    }

    /// Those with checks to be carried out first, by their last day: what was missed has the earliest. Then the newest.
    fn order(&self) -> &'static str {
        " ORDER BY CASE WHEN EXISTS (SELECT 1 FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent') THEN 0 ELSE 1 END,
              CASE WHEN EXISTS (SELECT 1 FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent') THEN p.until ELSE '' END,
              p.opens_at DESC, p.id"
    }

    fn row(&self, stored: Self::Stored) -> Result<SpotCheckRow> {
        let (id, title, kind, step, leader_name, opens_at, until, sent, missed, done, withdrawn) = stored;
        let until = date(&until)?;
        let few = |rows: i64| u32::try_from(count(rows)).unwrap_or(u32::MAX);
        Ok(SpotCheckRow {
            id: SpotCheckPlanId(id),
            title,
            kind: word("a kind of spot check", &kind, SpotCheckKind::parse)?,
            step: word("a step of a plan", &step, PlanStep::parse)?,
            leader_name,
            opens_at: time(opens_at)?,
            until,
            checks: CheckProgress {
                done: few(done),
                under_way: few(sent - missed),
                missed: few(missed),
                withdrawn: few(withdrawn),
            },
        })
    }
}
