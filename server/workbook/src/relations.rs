//! Which part refers to which.

use crate::{
    UnpackError,
    archive::Archive,
    xml::{Piece, Xml},
};

/// What a part refers to.
pub struct Relation {
    pub id: String,
    /// An address that ends with the kind: `…/worksheet`.
    pub kind: String,
    /// The part's path in the archive.
    pub target: String,
}

/// Those that the part at `path` lists, whose paths begin in `folder`; none where there is no such part.
pub fn relations(archive: &Archive<'_>, path: &str, folder: &str) -> Result<Vec<Relation>, UnpackError> {
    let Some(part) = archive.part(path.trim_start_matches('/'))? else { return Ok(vec![]) };
    let mut xml = Xml::new(part, "rels");
    let mut relations = vec![];
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        let of = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        if element.name != "Relationship" || element.attribute("TargetMode") == Some("External") {
            continue;
        }
        let target = of("Target");
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        };
        relations.push(Relation { id: of("Id"), kind: of("Type"), target });
        if relations.len() > archive.limits().entries {
            return Err(UnpackError::TooBig);
        }
    }
    Ok(relations)
}
