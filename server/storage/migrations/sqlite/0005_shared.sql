-- What several servers on one database share beside the records.

-- Failed tries to sign in, by account and by address.
CREATE TABLE sign_in_try (
    key TEXT NOT NULL,
    at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_try_by_key ON sign_in_try (key, at);
CREATE INDEX sign_in_try_by_time ON sign_in_try (at);

-- Work that waits for whichever server is free. Taking it moves `due` on: that is the lease.
CREATE TABLE job (
    office  BLOB NOT NULL REFERENCES office (id),
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    due     INTEGER NOT NULL,
    tries   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (office, kind, subject)
) STRICT;
CREATE INDEX job_by_due ON job (due);
