-- Work that arrived and that its sender may not do any more: kept for the administrator, whose word decides.
CREATE TABLE set_aside (
    operation   BLOB NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      BLOB NOT NULL REFERENCES office (id),
    person_name TEXT NOT NULL,
    -- Reason as JSON.
    reason      TEXT NOT NULL,
    number      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- All three, or none while it waits.
    decided_at  INTEGER,
    decided_by  TEXT,
    taken       INTEGER
) STRICT;
CREATE INDEX set_aside_of_office ON set_aside (office, received_at);
