//! Where the program is one file, its parts are here.

use super::{
    AnyView, Arriving, Hazards, Keeping, Mapping, Missing, Records, Writing, arriving, hazards, keeping,
    mapping, records, writing,
};

pub async fn open_mapping(page: Mapping) -> Result<AnyView, Missing> {
    Ok(mapping(page))
}

pub async fn fetch_mapping() -> Result<(), Missing> {
    Ok(())
}

pub async fn open_writing(page: Writing) -> Result<AnyView, Missing> {
    Ok(writing(page))
}

pub async fn fetch_writing() -> Result<(), Missing> {
    Ok(())
}

pub async fn open_hazards(page: Hazards) -> Result<AnyView, Missing> {
    Ok(hazards(page))
}

pub async fn fetch_hazards() -> Result<(), Missing> {
    Ok(())
}

pub async fn open_records(page: Records) -> Result<AnyView, Missing> {
    Ok(records(page))
}

pub async fn fetch_records() -> Result<(), Missing> {
    Ok(())
}

pub async fn open_arriving(page: Arriving) -> Result<AnyView, Missing> {
    Ok(arriving(page))
}

pub async fn fetch_arriving() -> Result<(), Missing> {
    Ok(())
}

pub async fn open_keeping(page: Keeping) -> Result<AnyView, Missing> {
    Ok(keeping(page))
}

pub async fn fetch_keeping() -> Result<(), Missing> {
    Ok(())
}
