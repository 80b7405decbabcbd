//! Words typed into a search field. What a site sounds like is compared as [`domain::search`] has it, which no database
//! can; so the office's sites are looked through first, and the query asks for those that were found.

use super::{Conn, QueryBuilder, query_as};
use crate::Result;
use domain::{
    id::OfficeId,
    search::{Query, finds, nfkc},
};
use uuid::Uuid;

/// The words, each with the sites that it finds.
#[derive(Debug, Default)]
pub(super) struct Sought {
    words: Vec<(String, Vec<Uuid>)>,
}

impl Sought {
    pub async fn among(conn: &mut Conn, office: OfficeId, query: &str) -> Result<Self> {
        let query = Query::new(&nfkc(query));
        if query.is_empty() {
            return Ok(Self::default());
        }
        let sites: Vec<(Uuid, String)> =
            query_as("SELECT id, pinyin FROM site WHERE office = $1").bind(office.0).fetch_all(conn).await?;
        let found = |word: &String| {
            let found = sites.iter().filter(|(_, key)| finds(key, word)).map(|(id, _)| *id);
            (word.clone(), found.collect())
        };
        Ok(Self { words: query.words().iter().map(found).collect() })
    }

    /// ` AND …`: each word finds the site in this column, or occurs in one of the texts, which are folded or plain.
    pub fn push(&self, sql: &mut QueryBuilder, site: &'static str, texts: &[&'static str]) {
        for (word, sites) in &self.words {
            sql.push(" AND (");
            sql.push_one_of(site, sites);
            for &text in texts {
                sql.push(" OR ").push(text).push_like();
                sql.push_bind(pattern(word)).push(r" ESCAPE '\'");
            }
            sql.push(")");
        }
    }
}

/// A text that is searched: a column, or what a record's body says.
#[derive(Clone, Copy)]
pub(super) enum Searched {
    Column(&'static str),
    /// Pushes an expression.
    Said(fn(&mut QueryBuilder)),
}

/// Narrows to rows where every word of the query occurs in one of the texts.
pub(super) fn push_words(sql: &mut QueryBuilder, query: &str, texts: &[Searched]) {
    for word in Query::new(&nfkc(query)).words() {
        for (position, text) in texts.iter().enumerate() {
            sql.push(if position == 0 { " AND (" } else { " OR " });
            match *text {
                Searched::Column(name) => {
                    sql.push(name);
                }
                Searched::Said(push) => push(sql),
            }
            sql.push_like().push_bind(pattern(word)).push(r" ESCAPE '\'");
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
