-- Places that were merged into others or closed: nothing lives there any more, and their names stay readable.
CREATE TABLE former_place (
    office  UUID NOT NULL REFERENCES office (id),
    kind    TEXT COLLATE "C" NOT NULL,
    id      UUID NOT NULL,
    name    TEXT COLLATE "C" NOT NULL,
    -- Where everything went that lived there; none: nothing did.
    into_id UUID,
    at      BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (office, id)
);

-- What a hazard's own words are found by, folded; written with the hazard.
ALTER TABLE hazard ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
UPDATE hazard SET search_key = chr(10) || lower(replace(what, ' ', '') || chr(10) || coalesce(number, ''));
