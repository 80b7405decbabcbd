-- Lists that were sent and not written yet: one for each person, for a day. What would change is reckoned when it is looked at.
CREATE TABLE import_plan (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    person  UUID NOT NULL REFERENCES person (id),
    what    TEXT NOT NULL,
    file    TEXT NOT NULL,
    expires BIGINT NOT NULL,
    -- The table as it was read and what was said of it, as JSON; passwords as their hashes.
    body    TEXT NOT NULL,
    UNIQUE (person)
);

-- Lists that were written, with what stood before, so that they can be taken back.
CREATE TABLE import (
    id        UUID NOT NULL PRIMARY KEY,
    office    UUID NOT NULL REFERENCES office (id),
    what      TEXT NOT NULL,
    file      TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    body      TEXT NOT NULL,
    -- All three, or none.
    undone_at BIGINT,
    undone_by TEXT,
    kept      BIGINT
);
CREATE INDEX import_of_office ON import (office, what, at);
