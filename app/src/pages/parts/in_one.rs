//! Where the program is one file, its parts are here.

use super::{
    AnyView, Arriving, Hazards, Keeping, Mapping, Missing, Records, Writing, arriving, hazards, keeping,
    mapping, records, writing,
};

macro_rules! here {
    ($($open:ident, $fetch:ident: $show:ident($pages:ident);)+) => {
        $(pub async fn $open(page: $pages) -> Result<AnyView, Missing> {
            Ok($show(page))
        }

        pub async fn $fetch() -> Result<(), Missing> {
            Ok(())
        })+
    };
}

here! {
    open_hazards, fetch_hazards: hazards(Hazards);
    open_records, fetch_records: records(Records);
    open_arriving, fetch_arriving: arriving(Arriving);
    open_keeping, fetch_keeping: keeping(Keeping);
    open_writing, fetch_writing: writing(Writing);
    open_mapping, fetch_mapping: mapping(Mapping);
}
