-- Places and people. Ids are 16-byte blobs, times integer milliseconds UTC, days text (YYYY-MM-DD), words as in `domain`.
-- `body` is the record as JSON; columns beside it are what is filtered, sorted or guarded, written in the same statement.

CREATE TABLE office (
    id        BLOB NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    demo      INTEGER NOT NULL DEFAULT 0,
    -- VisitIntervals as JSON; none: the defaults.
    intervals TEXT
) STRICT;

CREATE TABLE community (
    id     BLOB NOT NULL PRIMARY KEY,
    office BLOB NOT NULL REFERENCES office (id),
    name   TEXT NOT NULL
) STRICT;
CREATE INDEX community_by_name ON community (office, name);

CREATE TABLE grid (
    id        BLOB NOT NULL PRIMARY KEY,
    office    BLOB NOT NULL REFERENCES office (id),
    community BLOB NOT NULL REFERENCES community (id),
    name      TEXT NOT NULL
) STRICT;
CREATE INDEX grid_by_name ON grid (office, community, name);

CREATE TABLE department (
    id      BLOB NOT NULL PRIMARY KEY,
    office  BLOB NOT NULL REFERENCES office (id),
    name    TEXT NOT NULL,
    -- Words of sectors as a JSON array.
    sectors TEXT NOT NULL
) STRICT;
CREATE INDEX department_of_office ON department (office);

CREATE TABLE person (
    id            BLOB NOT NULL PRIMARY KEY,
    office        BLOB NOT NULL REFERENCES office (id),
    -- Unique on the installation: signing in names no office.
    username      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    role          TEXT NOT NULL,
    department    BLOB REFERENCES department (id),
    disabled      INTEGER NOT NULL,
    last_seen     INTEGER,
    password_hash TEXT NOT NULL,
    body          TEXT NOT NULL
) STRICT;
CREATE INDEX person_of_office ON person (office);

-- An inspector's grids, for finding grids that nobody walks.
CREATE TABLE person_grid (
    person BLOB NOT NULL REFERENCES person (id),
    grid   BLOB NOT NULL REFERENCES grid (id),
    PRIMARY KEY (person, grid)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_grid_by_grid ON person_grid (grid);

CREATE TABLE session (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the token.
    token       BLOB NOT NULL UNIQUE,
    person      BLOB NOT NULL REFERENCES person (id),
    device_name TEXT NOT NULL,
    since       INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    expires     INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_person ON session (person);
CREATE INDEX session_by_expiry ON session (expires);
