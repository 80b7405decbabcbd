//! How a record is named in a row.

use crate::Record;
use domain::sync::{RecordKind, parse_form_id};
use uuid::Uuid;

/// A record's kind and its id: the sixteen bytes of it, or a form's name and version; the directory has none.
pub(in crate::sql) type Key = (&'static str, Vec<u8>);

pub(in crate::sql) fn key(record: &Record) -> Key {
    let (kind, name) = record.named();
    let id = match record {
        Record::Directory | Record::Form(..) => name.into_bytes(),
        Record::Site(id) => id.0.as_bytes().to_vec(),
        Record::Hazard(id) => id.0.as_bytes().to_vec(),
        Record::Visit(id) => id.0.as_bytes().to_vec(),
        Record::SealedOrder(id) => id.0.as_bytes().to_vec(),
        Record::Task(id) => id.0.as_bytes().to_vec(),
        Record::Notice(id) => id.0.as_bytes().to_vec(),
    };
    (kind.as_str(), id)
}

/// None: of a kind that this version does not know, or of an id that is none.
pub(in crate::sql) fn record(kind: &str, id: &[u8]) -> Option<Record> {
    let uuid = || Uuid::from_slice(id).ok();
    Some(match RecordKind::parse(kind)? {
        RecordKind::Directory => Record::Directory,
        RecordKind::Site => Record::Site(uuid()?.into()),
        RecordKind::Form => {
            let (form, version) = parse_form_id(str::from_utf8(id).ok()?)?;
            Record::Form(form, version)
        }
        RecordKind::Hazard => Record::Hazard(uuid()?.into()),
        RecordKind::Visit => Record::Visit(uuid()?.into()),
        RecordKind::SealedOrder => Record::SealedOrder(uuid()?.into()),
        RecordKind::Task => Record::Task(uuid()?.into()),
        RecordKind::Notice => Record::Notice(uuid()?.into()),
    })
}

/// The id as phones know it; of what this version does not know, as it may be meant.
pub(super) fn text(record: Option<&Record>, id: &[u8]) -> String {
    if let Some(record) = record {
        return record.named().1;
    }
    match (Uuid::from_slice(id), str::from_utf8(id)) {
        (Ok(id), _) => id.to_string(),
        (Err(_), Ok(name)) => name.to_owned(),
        (Err(_), Err(_)) => hex::encode(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_again_by_its_name_in_a_row() {
        let id = Uuid::from_u128(21);
        for record_of in [
            Record::Directory,
            Record::Site(id.into()),
            Record::Form("sixteen-letters".into(), 3),
            Record::Hazard(id.into()),
            Record::Visit(id.into()),
            Record::SealedOrder(id.into()),
            Record::Task(id.into()),
            Record::Notice(id.into()),
        ] {
            let (kind, bytes) = key(&record_of);
            assert_eq!(record(kind, &bytes).as_ref(), Some(&record_of));
            assert_eq!(text(Some(&record_of), &bytes), record_of.named().1);
        }
        assert_eq!((record("patrol", b"7"), record("site", b"7")), (None, None));
        assert_eq!(text(None, b"7"), "7", "as a later version named it");
        assert_eq!(text(None, id.as_bytes()), id.to_string());
    }
}
