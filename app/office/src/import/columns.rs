//! The columns that an import reads, and how each is written.

use crate::{i18n::office, server_fns::frame::Frame};
use domain::{role::Role, sector::Sector, text::Lang};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    Sites,
    People,
}

struct Column {
    name: &'static str,
    needed: bool,
    words: String,
}

pub fn columns(lang: Lang, frame: &Frame, of: Columns) -> AnyView {
    let (id, title, columns) = match of {
        Columns::Sites => ("columns-sites", office::columns_of_sites(lang), of_sites(lang, frame)),
        Columns::People => ("columns-people", office::columns_of_people(lang), of_people(lang)),
    };
    let headings: Vec<_> = columns.iter().map(|column| column.name).collect();
    let rows = columns.into_iter().map(|Column { name, needed, words }| {
        let needs = if needed { office::column_needed(lang) } else { office::column_optional(lang) };
        view! {
            <tr>
                <td>{name}</td>
                <td class="u-soft">{needs}</td>
                <td class="cell--wrap">{words}</td>
            </tr>
        }
    });
    view! {
        <section class="panel panel--wide" id=id>
            <h3 class="panel__title">{title}</h3>
            <p class="u-small">{office::columns_hint(lang)}</p>
            <pre class="u-code">{headings.join(",")}</pre>
            <table class="data-table">
                <thead>
                    <tr>
                        <th scope="col">{office::column(lang)}</th>
                        <th scope="col">{office::column_needed(lang)}</th>
                        <th scope="col">{office::how_to_write(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn needed(name: &'static str, words: impl Into<String>) -> Column {
    Column { name, needed: true, words: words.into() }
}

fn optional(name: &'static str, words: impl Into<String>) -> Column {
    Column { name, needed: false, words: words.into() }
}

/// Names and rules are those of the server's reader.
fn of_sites(lang: Lang, frame: &Frame) -> Vec<Column> {
    let between = office::between_choices(lang);
    let kinds: Vec<_> = frame.kinds.iter().map(|kind| kind.name.get(lang)).collect();
    let sectors = Sector::ALL.map(|sector| sector.name().get(lang).to_owned());
    vec![
        needed(office::column_code(lang), office::write_code(lang)),
        needed(office::column_name(lang), ""),
        needed(office::column_kinds(lang), office::write_kinds(lang, kinds.join(between))),
        optional(office::column_sector(lang), office::write_sector(lang, sectors.join(between))),
        needed(office::column_risk(lang), office::write_risk(lang)),
        needed(office::column_community(lang), office::write_new_place(lang)),
        needed(office::column_grid(lang), office::write_new_place(lang)),
        optional(office::column_address(lang), ""),
        optional(office::column_latitude(lang), office::write_degrees(lang)),
        optional(office::column_longitude(lang), office::write_degrees(lang)),
        optional(office::column_datum(lang), office::write_datum(lang)),
        optional(office::column_contact(lang), office::write_contact(lang)),
        optional(office::column_duty(lang), ""),
        optional(office::column_phone(lang), ""),
        optional(office::column_party(lang), office::write_party(lang)),
        optional(office::column_credit_code(lang), office::write_credit_code(lang)),
        optional(office::column_leader(lang), ""),
        optional(office::column_department(lang), office::write_department(lang)),
        optional(office::column_state(lang), office::write_state(lang)),
    ]
}

fn of_people(lang: Lang) -> Vec<Column> {
    let roles = Role::ALL.map(|role| role.name().get(lang).to_owned());
    let roles = office::write_role(lang, roles.join(office::between_choices(lang)));
    vec![
        needed(office::column_username(lang), office::write_username(lang)),
        needed(office::column_person(lang), ""),
        needed(office::column_role(lang), roles),
        optional(office::column_phone(lang), ""),
        optional(office::column_department(lang), office::write_officer_department(lang)),
        optional(office::column_grids(lang), office::write_grids(lang)),
        optional(office::column_communities(lang), office::write_communities(lang)),
        optional(office::column_sites(lang), office::write_sites(lang)),
        optional(office::column_certificates(lang), office::write_certificates(lang)),
        optional(office::column_password(lang), office::write_password(lang)),
        optional(office::column_state(lang), office::write_state(lang)),
    ]
}
