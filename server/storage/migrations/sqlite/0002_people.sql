-- People, how they sign in, and what they did to accounts and settings.

-- 人员: people with accounts.
CREATE TABLE person (
    id            BLOB NOT NULL PRIMARY KEY,
    office        BLOB NOT NULL REFERENCES office (id),
    -- Unique on the installation, whatever its case: signing in names no office.
    username      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    role          TEXT NOT NULL,
    department    BLOB REFERENCES department (id),
    disabled      INTEGER NOT NULL,
    -- When the person last used the product. NULL: never.
    last_seen     INTEGER,
    -- PHC string of argon2id. Empty: no password was set, and nothing verifies against it.
    password_hash TEXT NOT NULL,
    -- Somebody else chose the password: it is changed before anything else is done.
    password_due  INTEGER NOT NULL DEFAULT 0,
    -- Person as JSON.
    body          TEXT NOT NULL
) STRICT;
CREATE INDEX person_of_office ON person (office);

-- The grids that an inspector walks, which the person's body has too: for finding who walks a grid, and grids that nobody
-- walks.
CREATE TABLE person_grid (
    person BLOB NOT NULL REFERENCES person (id),
    grid   BLOB NOT NULL REFERENCES grid (id),
    PRIMARY KEY (person, grid)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_grid_by_grid ON person_grid (grid);

-- Where people are signed in. In no backup: a copy opens nothing for whoever holds it.
CREATE TABLE session (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the token: who reads the database cannot sign in with what is in it.
    token        BLOB NOT NULL UNIQUE,
    -- SHA-256 of what the phone itself holds beside the token, and can forget without signal: then the token opens nothing.
    -- NULL: the session was made without one.
    half         BLOB,
    person       BLOB NOT NULL REFERENCES person (id),
    -- 'field', 'desk', or 'second_factor' while the desk waits for one. It opens nothing else.
    purpose      TEXT NOT NULL,
    device_name  TEXT NOT NULL,
    since        INTEGER NOT NULL,
    last_seen    INTEGER NOT NULL,
    -- When it ends unless it is used before.
    expires      INTEGER NOT NULL,
    -- When it ends, however much it is used.
    ends         INTEGER NOT NULL,
    -- When the password was last typed in it: what is dangerous asks for it again.
    confirmed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_person ON session (person);

-- A person's second factor: a secret from which codes are made, one each half minute.
CREATE TABLE second_factor (
    person    BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    -- Sealed with the installation's own key, which is not in the database.
    secret    BLOB NOT NULL,
    -- Since when it is asked for. NULL until its first code was right.
    since     INTEGER,
    -- The newest half minute whose code was taken: none is taken twice.
    last_step INTEGER NOT NULL
) STRICT;

-- Codes that are taken once each in the place of the second factor.
CREATE TABLE recovery_code (
    person BLOB NOT NULL REFERENCES person (id),
    -- SHA-256 of the code.
    hash   BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;

-- Tries to sign in that failed, of the last quarter of an hour: they slow down whoever guesses. Here and not in memory,
-- because several servers count together. In no backup: they matter for that time.
CREATE TABLE sign_in_try (
    -- What the try counts against: an account, an address, a known device.
    key TEXT NOT NULL,
    at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_try_by_key ON sign_in_try (key, at);
CREATE INDEX sign_in_try_by_time ON sign_in_try (at);

-- 操作记录: who did what to accounts, places, settings and sign-ins. Rows are added and never changed, and refer to nothing:
-- what they tell of may be gone.
CREATE TABLE audit (
    id          BLOB NOT NULL PRIMARY KEY,
    -- NULL where nobody knows whose it is, as of an account that does not exist.
    office      BLOB,
    at          INTEGER NOT NULL,
    -- 'person', 'command_line' or 'nobody'.
    who         TEXT NOT NULL,
    -- Where it was a person; else NULL, and the name is empty.
    person      BLOB,
    person_name TEXT NOT NULL,
    -- What was done.
    act         TEXT NOT NULL,
    -- Of which kind that is to which it was done, and which one.
    subject     TEXT NOT NULL,
    subject_id  BLOB,
    -- The subject's name as it was then.
    label       TEXT NOT NULL,
    -- From where: the network address, the kind of system and browser, and the beginning of the session's hash, which tells
    -- sessions apart and opens none.
    address     TEXT,
    device      TEXT NOT NULL,
    session     TEXT,
    -- The fields that differ, as JSON objects: as they were, and as they became.
    was         TEXT NOT NULL,
    became      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (office, at);
CREATE INDEX audit_by_subject ON audit (subject_id) WHERE subject_id IS NOT NULL;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
