-- Places and people: the same tables as SQLite's, and texts sort by their bytes here as there. Times are milliseconds UTC,
-- days text (YYYY-MM-DD), words as in `domain`.
-- `body` is the record as JSON; columns beside it are what is filtered, sorted or guarded, written in the same statement.

CREATE TABLE office (
    id        UUID NOT NULL PRIMARY KEY,
    name      TEXT COLLATE "C" NOT NULL,
    demo      BOOLEAN NOT NULL DEFAULT FALSE,
    -- VisitIntervals as JSON; none: the defaults.
    intervals TEXT
);

CREATE TABLE community (
    id     UUID NOT NULL PRIMARY KEY,
    office UUID NOT NULL REFERENCES office (id),
    name   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX community_by_name ON community (office, name);

CREATE TABLE grid (
    id        UUID NOT NULL PRIMARY KEY,
    office    UUID NOT NULL REFERENCES office (id),
    community UUID NOT NULL REFERENCES community (id),
    name      TEXT COLLATE "C" NOT NULL
);
CREATE INDEX grid_by_name ON grid (office, community, name);

CREATE TABLE department (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    name    TEXT COLLATE "C" NOT NULL,
    -- Words of sectors as a JSON array.
    sectors TEXT NOT NULL
);
CREATE INDEX department_of_office ON department (office);

CREATE TABLE person (
    id            UUID NOT NULL PRIMARY KEY,
    office        UUID NOT NULL REFERENCES office (id),
    -- Unique on the installation: signing in names no office.
    username      TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    department    UUID REFERENCES department (id),
    disabled      BOOLEAN NOT NULL,
    last_seen     BIGINT,
    password_hash TEXT NOT NULL,
    body          TEXT NOT NULL
);
CREATE UNIQUE INDEX person_by_username ON person (lower(username));
CREATE INDEX person_of_office ON person (office);

-- An inspector's grids, for finding grids that nobody walks.
CREATE TABLE person_grid (
    person UUID NOT NULL REFERENCES person (id),
    grid   UUID NOT NULL REFERENCES grid (id),
    PRIMARY KEY (person, grid)
);
CREATE INDEX person_grid_by_grid ON person_grid (grid);

CREATE TABLE session (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the token.
    token       BYTEA NOT NULL UNIQUE,
    person      UUID NOT NULL REFERENCES person (id),
    device_name TEXT NOT NULL,
    since       BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL,
    expires     BIGINT NOT NULL
);
CREATE INDEX session_of_person ON session (person);
CREATE INDEX session_by_expiry ON session (expires);
