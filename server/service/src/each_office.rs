//! Work that is done for all offices, one after the other.

use crate::storage::StoreError;

/// An office of which something cannot be read stops no other; it is told at the end. A store that does not answer stops all.
#[derive(Debug, Default)]
pub(crate) struct EachOffice {
    unread: Option<StoreError>,
}

impl EachOffice {
    /// What was done for one; none where something of it cannot be read.
    pub fn readable<T>(&mut self, done: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(error @ (StoreError::Unreadable(_) | StoreError::Corrupt(_))) => {
                self.unread = Some(error);
                Ok(None)
            }
            Err(error @ (StoreError::Unavailable(_) | StoreError::Taken(_))) => Err(error),
        }
    }

    /// What was done for all of them, if each could be read.
    pub fn end<T>(self, all: T) -> Result<T, StoreError> {
        self.unread.map_or(Ok(all), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_that_cannot_be_read_stops_no_other_and_is_told_at_the_end() {
        let mut offices = EachOffice::default();
        let damaged = || StoreError::Unreadable("a site".to_owned());
        assert_eq!(offices.readable::<usize>(Err(damaged())).unwrap(), None);
        assert_eq!(offices.readable(Ok(2)).unwrap(), Some(2));
        assert!(matches!(offices.end(2), Err(StoreError::Unreadable(what)) if what == "a site"));
        assert_eq!(EachOffice::default().end(3).unwrap(), 3);
    }

    #[test]
    fn a_store_that_does_not_answer_stops_all() {
        let away = Err::<usize, _>(StoreError::Unavailable("locked".to_owned()));
        assert!(matches!(EachOffice::default().readable(away), Err(StoreError::Unavailable(_))));
    }
}
