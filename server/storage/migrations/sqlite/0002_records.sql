-- What is inspected, with what, and what was found.

CREATE TABLE site (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    community   BLOB NOT NULL REFERENCES community (id),
    grid        BLOB NOT NULL REFERENCES grid (id),
    department  BLOB REFERENCES department (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    pinyin      TEXT NOT NULL,
    address     TEXT NOT NULL,
    sector      TEXT NOT NULL,
    risk        TEXT NOT NULL,
    has_contact INTEGER NOT NULL,
    has_leader  INTEGER NOT NULL,
    retired     INTEGER NOT NULL,
    -- Moved by inspections only; the body's is the one of the last edit.
    last_visit  INTEGER,
    body        TEXT NOT NULL,
    UNIQUE (office, code)
) STRICT;
CREATE INDEX site_by_grid ON site (office, grid);

CREATE TABLE checklist (
    office  BLOB NOT NULL REFERENCES office (id),
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    sector  TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (office, id, version)
) STRICT;

-- The hazard as its log folds up to now, without the log itself: lists and pulls read it as it is, and a later version's
-- rules never judge old entries anew.
CREATE TABLE hazard (
    id              BLOB NOT NULL PRIMARY KEY,
    office          BLOB NOT NULL REFERENCES office (id),
    number          TEXT,
    site            BLOB NOT NULL REFERENCES site (id),
    grid            BLOB NOT NULL,
    department      BLOB,
    sector          TEXT NOT NULL,
    level           TEXT NOT NULL,
    stage           TEXT NOT NULL,
    open            INTEGER NOT NULL,
    extension_asked INTEGER NOT NULL,
    -- When it came to the present stage.
    stage_since     INTEGER NOT NULL,
    due             TEXT,
    found_at        INTEGER NOT NULL,
    found_by        BLOB NOT NULL,
    found_by_name   TEXT NOT NULL,
    closed_at       INTEGER,
    what            TEXT NOT NULL,
    inspection      BLOB,
    checklist       TEXT,
    item            TEXT,
    body            TEXT NOT NULL,
    UNIQUE (office, number)
) STRICT;
CREATE INDEX hazard_open_by_due ON hazard (office, due) WHERE open = 1;
CREATE INDEX hazard_by_site ON hazard (site, found_at);
CREATE INDEX hazard_by_found ON hazard (office, found_at);
CREATE INDEX hazard_by_closed ON hazard (office, closed_at) WHERE closed_at IS NOT NULL;

-- The log: appended to, never changed.
CREATE TABLE hazard_event (
    hazard      BLOB NOT NULL REFERENCES hazard (id),
    position    INTEGER NOT NULL,
    event       BLOB NOT NULL,
    deed        TEXT NOT NULL,
    person      BLOB NOT NULL,
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    counted     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (hazard, position),
    UNIQUE (hazard, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER hazard_event_stays BEFORE UPDATE ON hazard_event
BEGIN SELECT RAISE(ABORT, 'a hazard''s log is appended to only'); END;
CREATE TRIGGER hazard_event_remains BEFORE DELETE ON hazard_event
BEGIN SELECT RAISE(ABORT, 'a hazard''s log is appended to only'); END;

CREATE TABLE inspection (
    id             BLOB NOT NULL PRIMARY KEY,
    office         BLOB NOT NULL REFERENCES office (id),
    number         TEXT NOT NULL,
    site           BLOB NOT NULL REFERENCES site (id),
    kind           TEXT NOT NULL,
    checklist      TEXT NOT NULL,
    version        INTEGER NOT NULL,
    inspector      BLOB NOT NULL,
    inspector_name TEXT NOT NULL,
    submitted_at   INTEGER NOT NULL,
    received_at    INTEGER NOT NULL,
    -- InspectionSummary as JSON, so that lists need not read the answers.
    summary        TEXT NOT NULL,
    body           TEXT NOT NULL,
    UNIQUE (office, number),
    FOREIGN KEY (office, checklist, version) REFERENCES checklist (office, id, version)
) STRICT;
CREATE INDEX inspection_by_time ON inspection (office, submitted_at);
CREATE INDEX inspection_by_site ON inspection (site, submitted_at);
CREATE TRIGGER inspection_is_sealed BEFORE UPDATE ON inspection
BEGIN SELECT RAISE(ABORT, 'an inspection is sealed'); END;

CREATE TABLE photo (
    office      BLOB NOT NULL REFERENCES office (id),
    hash        TEXT NOT NULL,
    received_at INTEGER,
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_missing ON photo (office) WHERE received_at IS NULL;

-- Sites whose records name the photo; a record may come before the photo's facts.
CREATE TABLE photo_site (
    office BLOB NOT NULL,
    hash   TEXT NOT NULL,
    site   BLOB NOT NULL REFERENCES site (id),
    PRIMARY KEY (office, hash, site)
) STRICT, WITHOUT ROWID;
