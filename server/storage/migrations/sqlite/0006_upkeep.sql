-- Lists that are read in, work behind the answers, and the installation's keys.

-- Lists that were sent and not written yet: one for each person, for a day. What would change is reckoned when it is looked
-- at. In no backup: it matters for a day.
CREATE TABLE import_plan (
    id      BLOB NOT NULL PRIMARY KEY,
    office  BLOB NOT NULL REFERENCES office (id),
    person  BLOB NOT NULL REFERENCES person (id),
    -- 'sites' or 'people'.
    what    TEXT NOT NULL,
    -- The file's name.
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
    -- 'sites' or 'people'.
    what      TEXT NOT NULL,
    -- The file's name.
    file      TEXT NOT NULL,
    -- The name of whoever wrote it, as it was then.
    by_name   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    -- What it changed, as JSON.
    body      TEXT NOT NULL,
    -- When and by whom it was taken back, and how many records stayed because they had changed since: all three, or none.
    undone_at INTEGER,
    undone_by TEXT,
    kept      INTEGER
) STRICT;
CREATE INDEX import_of_office ON import (office, what, at);

-- 后台任务: work behind the answers (`server/src/jobs.rs`), for whichever server is free.
CREATE TABLE job (
    id          BLOB NOT NULL PRIMARY KEY,
    -- NULL: of the installation.
    office      BLOB REFERENCES office (id),
    -- Which kind of work it is. A server leaves alone what it does not know.
    name        TEXT NOT NULL,
    -- What it is about.
    key         TEXT NOT NULL,
    -- What the work has to know, as JSON.
    payload     TEXT NOT NULL,
    -- The highest is taken first.
    priority    INTEGER NOT NULL,
    -- Not before.
    run_at      INTEGER NOT NULL,
    -- Until when the lease lasts. Whoever has not renewed it then is thought dead. NULL: nobody works on it.
    lease_until INTEGER,
    -- Drawn for this one taking: whoever lost the job can neither renew nor settle it.
    leased_by   BLOB,
    -- Attempts that count.
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- Since when it has been given up, until a person says what becomes of it.
    failed_at   INTEGER,
    -- What the last attempt ended with, in words.
    failure     TEXT
) STRICT;
-- Of an office, a name and a key there is one, whether it waits, runs or has failed. In two, as no value is like NULL.
CREATE UNIQUE INDEX job_by_key ON job (office, name, key) WHERE office IS NOT NULL;
CREATE UNIQUE INDEX job_by_key_of_no_office ON job (name, key) WHERE office IS NULL;
-- In the order in which they are taken.
CREATE INDEX job_by_priority ON job (priority DESC, run_at, id) WHERE failed_at IS NULL;
-- When the next one can be taken.
CREATE INDEX job_by_run_at ON job (run_at) WHERE failed_at IS NULL AND lease_until IS NULL;
CREATE INDEX job_by_lease ON job (lease_until) WHERE lease_until IS NOT NULL;

-- When what recurs was last put; each server asks before it puts it. In no backup: elsewhere it is put at once.
CREATE TABLE job_schedule (
    name    TEXT NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 签名密钥: those that sign receipts, for all offices of the installation. The newest one signs; all are kept, because
-- receipts of the others still have to be checked.
CREATE TABLE signing_key (
    id      TEXT NOT NULL PRIMARY KEY,
    -- PKCS#8.
    secret  BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
