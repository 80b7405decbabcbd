//! Words typed into a search field.

use super::{Db, dialect};
use sqlx::QueryBuilder;

/// Narrows to rows where every word of the query occurs in one of the columns.
pub(super) fn push_words(sql: &mut QueryBuilder<Db>, query: &str, columns: &[&'static str]) {
    for word in query.split_whitespace() {
        let pattern = pattern(word);
        for (position, column) in columns.iter().enumerate() {
            sql.push(if position == 0 { " AND (" } else { " OR " }).push(column).push(dialect::LIKE);
            sql.push_bind(pattern.clone()).push(r" ESCAPE '\'");
        }
        sql.push(")");
    }
}

/// `%word%`, the word's own signs meaning themselves.
fn pattern(word: &str) -> String {
    let escaped = word.chars().flat_map(|sign| {
        let escape = matches!(sign, '%' | '_' | '\\').then_some('\\');
        escape.into_iter().chain([sign])
    });
    format!("%{}%", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_per_cent_sign_means_itself() {
        assert_eq!(pattern(r"5%_\"), r"%5\%\_\\%");
    }
}
