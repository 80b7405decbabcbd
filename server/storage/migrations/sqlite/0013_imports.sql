-- Lists that were sent and not written yet: one for each person, for a day. What would change is reckoned when it is looked at.
CREATE TABLE import_plan (
    id      BLOB NOT NULL PRIMARY KEY,
    office  BLOB NOT NULL REFERENCES office (id),
    person  BLOB NOT NULL REFERENCES person (id),
    what    TEXT NOT NULL,
    file    TEXT NOT NULL,
    expires INTEGER NOT NULL,
    -- The table as it was read and what was said of it, as JSON; passwords as their hashes.
    body    TEXT NOT NULL,
    UNIQUE (person)
) STRICT;

-- Lists that were written, with what stood before, so that they can be taken back.
CREATE TABLE import (
    id        BLOB NOT NULL PRIMARY KEY,
    office    BLOB NOT NULL REFERENCES office (id),
    what      TEXT NOT NULL,
    file      TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    body      TEXT NOT NULL,
    -- All three, or none.
    undone_at INTEGER,
    undone_by TEXT,
    kept      INTEGER
) STRICT;
CREATE INDEX import_of_office ON import (office, what, at);
