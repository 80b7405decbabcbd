-- Work behind the answers (server/src/jobs.rs). Nothing of the queue before it is kept: photos that nobody has looked at
-- are found again.
DROP TABLE job;
CREATE TABLE job (
    id          BLOB NOT NULL PRIMARY KEY,
    -- None: of the installation.
    office      BLOB REFERENCES office (id),
    name        TEXT NOT NULL,
    -- What it is about.
    key         TEXT NOT NULL,
    payload     TEXT NOT NULL,
    -- The highest is taken first.
    priority    INTEGER NOT NULL,
    -- Not before.
    run_at      INTEGER NOT NULL,
    -- Until then it is whose lease this is; none: nobody works on it.
    lease_until INTEGER,
    leased_by   BLOB,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- Given up, until a person says what becomes of it.
    failed_at   INTEGER,
    -- What the last attempt ended with.
    failure     TEXT
) STRICT;

-- Of an office, a name and a key there is one, whether it waits, runs or has failed. In two, as no value is like none.
CREATE UNIQUE INDEX job_by_key ON job (office, name, key) WHERE office IS NOT NULL;
CREATE UNIQUE INDEX job_by_key_of_no_office ON job (name, key) WHERE office IS NULL;

-- In the order in which they are taken.
CREATE INDEX job_by_priority ON job (priority DESC, run_at, id) WHERE failed_at IS NULL;

-- When the next one can be taken.
CREATE INDEX job_by_run_at ON job (run_at) WHERE failed_at IS NULL AND lease_until IS NULL;
CREATE INDEX job_by_lease ON job (lease_until) WHERE lease_until IS NOT NULL;

-- When what recurs was last put; each server asks before it puts it.
CREATE TABLE job_schedule (
    name    TEXT NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
