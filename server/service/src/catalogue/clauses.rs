//! 方案条款: what the clauses of the plan say that questions can name.

use domain::{id::ClauseId, text::Bilingual};
use serde::Deserialize;

const CLAUSES: &str = include_str!("../../../catalogue/clauses.toml");

/// A clause of the plan, shortened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanClause {
    pub id: ClauseId,
    pub text: Bilingual,
}

#[derive(Deserialize)]
struct File {
    clause: Vec<Line>,
}

/// Of each line, what whoever writes forms has to know.
#[derive(Deserialize)]
struct Line {
    id: ClauseId,
    zh: String,
    en: String,
}

/// In the order of the plan.
pub fn built_in() -> Result<Vec<PlanClause>, toml::de::Error> {
    let file: File = toml::from_str(CLAUSES)?;
    let clause = |Line { id, zh, en }| PlanClause { id, text: Bilingual::new(zh, en) };
    Ok(file.clause.into_iter().map(clause).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_clause_stands_once_and_says_something_in_both_languages() {
        let clauses = built_in().unwrap();
        let ids: BTreeSet<_> = clauses.iter().map(|clause| &clause.id).collect();
        assert_eq!(ids.len(), clauses.len());
        let silent = |clause: &&PlanClause| clause.text.zh.is_empty() || clause.text.en.is_empty();
        assert_eq!(clauses.iter().find(silent), None);
    }
}
