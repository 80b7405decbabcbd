-- 告知责任主体: one message to whoever answers for a hazard, and what became of it. It holds neither the number nor the code.
CREATE TABLE party_notice (
    id       BLOB NOT NULL PRIMARY KEY,
    office   BLOB NOT NULL REFERENCES office (id),
    hazard   BLOB NOT NULL REFERENCES hazard (id),
    -- Of what it tells, by which rule: worked out again, it is there already.
    key      TEXT NOT NULL,
    -- PartyNoticeKind.
    kind     TEXT NOT NULL,
    -- The number's first and last digits. Empty: no mobile number is on record.
    phone    TEXT NOT NULL,
    -- What the installation's own secret makes of the number: by which its messages of a day are counted. NULL: there is none.
    number   BLOB,
    made_at  INTEGER NOT NULL,
    -- The first moment at which it may go: it is tried for a day from then on.
    first_at INTEGER NOT NULL,
    -- Not before; while somebody tries it, when that one is thought dead.
    next_at  INTEGER NOT NULL,
    -- Tries that were begun.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- 'waiting', 'sent' or 'failed'.
    state    TEXT NOT NULL,
    -- When it was sent or given up. NULL: it waits.
    ended_at INTEGER,
    -- What the last try ended with, in words. NULL: nothing went wrong.
    failure  TEXT,
    -- The short code that it led to. NULL: it has not gone.
    code     BLOB REFERENCES short_code (id),
    UNIQUE (office, key)
) STRICT;
CREATE INDEX party_notice_of_hazard ON party_notice (office, hazard);
CREATE INDEX party_notice_waiting ON party_notice (office, next_at) WHERE ended_at IS NULL;
CREATE INDEX party_notice_of_number ON party_notice (office, number, ended_at) WHERE state = 'sent';
