-- What devices sent and what they have to learn of.

-- Every operation that was taken, as it came: the key of idempotence and the office's proof.
CREATE TABLE operation (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    schema      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    raw         TEXT NOT NULL
) STRICT;

-- Each record's newest change; `id` is empty for the directory.
CREATE TABLE change (
    office BLOB NOT NULL,
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (office, kind, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX change_by_seq ON change (office, seq);

-- Running numbers, never reused. Series of a whole office, such as its changes, run in year 0.
CREATE TABLE sequence (
    office BLOB NOT NULL,
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (office, series, year)
) STRICT, WITHOUT ROWID;
