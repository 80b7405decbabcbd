-- What devices sent and what they have to learn of.

-- Every operation that was taken, as it came: the key of idempotence and the office's proof.
CREATE TABLE operation (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    person      UUID NOT NULL,
    device      UUID NOT NULL,
    schema      INTEGER NOT NULL,
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    hash        TEXT COLLATE "C" NOT NULL,
    outcome     TEXT NOT NULL,
    raw         TEXT NOT NULL
);

-- Each record's newest change; `id` is empty for the directory.
CREATE TABLE change (
    office UUID NOT NULL,
    kind   TEXT COLLATE "C" NOT NULL,
    id     TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (office, kind, id)
);
CREATE UNIQUE INDEX change_by_seq ON change (office, seq);

-- Running numbers, never reused. Series of a whole office, such as its changes, run in year 0.
CREATE TABLE sequence (
    office UUID NOT NULL,
    series TEXT COLLATE "C" NOT NULL,
    year   INTEGER NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (office, series, year)
);
