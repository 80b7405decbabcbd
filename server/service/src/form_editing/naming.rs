//! How a form may be called: its id stands in addresses, in file names, and in the columns of other programs.

use crate::error::Error;
use domain::{
    id::FormId,
    limits::{Field, check_slug},
    text::Lang,
};
use i18n::form_editing as t;

/// `[a-z0-9][a-z0-9._-]*`. `field`: where the name came from.
pub(super) fn check(lang: Lang, field: &str, id: &FormId) -> Result<(), Error> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let begins = id.as_str().starts_with(letter);
    let fits = id.as_str().chars().all(|c| letter(c) || matches!(c, '.' | '_' | '-'));
    if begins && fits && check_slug(Field::Form, id.as_str()).is_ok() {
        return Ok(());
    }
    Err(Error::invalid(field, t::id_unfit(lang)))
}

/// Small letters, digits and hyphens of a file's name.
pub(super) fn of_file(name: &str) -> FormId {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let fits = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let slug: String = stem.chars().map(fits).collect();
    let slug = slug.trim_matches('-');
    FormId(if slug.is_empty() { "form".to_owned() } else { slug.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_called_by_small_letters_and_digits() {
        for fit in ["fire", "9-small.places_2"] {
            assert_eq!(check(Lang::Zh, "id", &fit.into()), Ok(()), "{fit}");
        }
        let long = "a".repeat(10_000);
        for unfit in
            ["", "Fire", ".fire", "-fire", "fire lane", "fire/lane", "消防", "ｆire", "fire%2f", &long]
        {
            let refused = check(Lang::Zh, "id", &unfit.into());
            assert_eq!(refused, Err(Error::invalid("id", t::id_unfit(Lang::Zh))), "{unfit}");
        }
    }

    #[test]
    fn a_file_names_the_form_that_does_not_name_itself() {
        assert_eq!(of_file("Fire Lane (2).xlsx"), FormId::from("fire-lane--2"));
        assert_eq!(of_file("表.xlsx"), FormId::from("form"));
    }
}
