//! From when until when a version is asked.

use super::*;
use chrono::NaiveDate;
use domain::form::{Validity, in_use};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn version(version: u32, from: Option<u32>, until: Option<u32>) -> Form {
    let validity = Validity { from: from.map(day), until: until.map(day) };
    Form { version, validity, ..form_of(json!([])) }
}

fn used(forms: &[Form], on: u32) -> Vec<u32> {
    in_use(forms.iter().cloned(), day(on)).iter().map(|form| form.version).collect()
}

#[test]
fn the_newest_version_that_has_begun_is_asked() {
    let forms = [version(1, None, None), version(3, Some(10), None), version(2, Some(5), None)];
    assert_eq!(used(&forms, 4), [1]);
    assert_eq!(used(&forms, 5), [2]);
    assert_eq!(used(&forms, 10), [3]);
}

#[test]
fn what_was_withdrawn_is_asked_to_its_last_day_and_brings_back_no_older_one() {
    let forms = [version(1, None, None), version(2, None, Some(5))];
    assert_eq!(used(&forms, 5), [2]);
    assert!(used(&forms, 6).is_empty());
}
