//! The list of forms: what it can be asked, and its rows.

use domain::{
    form::{Form, Layer, Question, editing::FormOverview},
    id::FormId,
    search::{Query, fold, nfkc},
    sector::Sector,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FormFilter {
    pub sector: Option<Sector>,
    pub layer: Option<Layer>,
    /// Words of the title or of a question.
    pub query: String,
}

/// The forms that fit, by sector and layer. `forms` are the published ones, whose questions are searched too.
pub fn rows(overviews: Vec<FormOverview>, forms: &[Form], filter: &FormFilter) -> Vec<FormOverview> {
    let query = Query::new(&nfkc(&filter.query));
    let form = |id: &FormId| forms.iter().find(|form| form.id == *id);
    let fits = |row: &FormOverview| filter.fits(row, form(&row.id), &query);
    let mut fitting: Vec<_> = overviews.into_iter().filter(fits).collect();
    let place = |sector: Sector| Sector::ALL.iter().position(|known| *known == sector);
    fitting.sort_by_key(|row| (place(row.sector), row.layer, row.id.clone()));
    fitting
}

impl FormFilter {
    fn fits(&self, row: &FormOverview, form: Option<&Form>, query: &Query) -> bool {
        self.sector.is_none_or(|sector| row.sector == sector)
            && self.layer.is_none_or(|layer| row.layer == layer)
            && (query.is_empty() || found(row, form, query))
    }
}

fn found(row: &FormOverview, form: Option<&Form>, query: &Query) -> bool {
    let folded = |text: &str| fold(&nfkc(text));
    let title = [folded(&row.title.zh), folded(&row.title.en), folded(row.id.as_str())];
    let asks = |question: &Question| {
        let text = [folded(&question.text.zh), folded(&question.text.en)];
        query.finds("", &[&text[0], &text[1]])
    };
    query.finds("", &[&title[0], &title[1], &title[2]]) || form.is_some_and(|form| form.questions().any(asks))
}
