-- Places that were merged into others or closed: nothing lives there any more, and their names stay readable.
CREATE TABLE former_place (
    office  BLOB NOT NULL REFERENCES office (id),
    kind    TEXT NOT NULL,
    id      BLOB NOT NULL,
    name    TEXT NOT NULL,
    -- Where everything went that lived there; none: nothing did.
    into_id BLOB,
    at      INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (office, id)
) STRICT, WITHOUT ROWID;

-- What a hazard's own words are found by, folded; written with the hazard.
ALTER TABLE hazard ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
UPDATE hazard SET search_key = char(10) || lower(replace(what, ' ', '') || char(10) || coalesce(number, ''));
