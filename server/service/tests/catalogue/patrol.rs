//! A patrol list takes three minutes.

use crate::{assert_none, built_in, relevance::asked_at};
use domain::form::{Layer, MOST_OF_A_PATROL};
use service::catalogue::site_kinds::SiteKinds;

/// Stricter than what is refused when a form is read, which takes what is not known of a site for absent.
#[test]
fn no_patrol_asks_more_than_fifteen_questions_at_a_site_of_any_kind_or_of_any_two() {
    let catalogue = SiteKinds::built_in().unwrap();
    let mut too_long = vec![];
    for form in built_in().iter().filter(|form| form.layer == Layer::Patrol) {
        for kind in &form.site_kinds {
            let alone = asked_at(form, &[kind]).len();
            println!("{} at {kind}: {alone}", form.id);
            // With itself it is the kind alone.
            for other in catalogue.kinds.iter().map(|other| &other.id) {
                let asked = asked_at(form, &[kind, other]).len();
                if asked > MOST_OF_A_PATROL {
                    too_long.push(format!("{}: up to {asked} questions at {kind} that is {other}", form.id));
                }
            }
        }
    }
    assert_none(&too_long);
}
