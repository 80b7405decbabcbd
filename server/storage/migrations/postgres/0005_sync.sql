-- What devices sent, and what they have to learn of.

-- 操作: every one that was received, as it came. Its id is the key of idempotence, the rest the office's proof.
CREATE TABLE operation (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    person      UUID NOT NULL,
    device      UUID NOT NULL,
    -- Of which version the payload is.
    schema      INTEGER NOT NULL,
    -- By the device's clock.
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    -- SHA-256 of what was sent, hexadecimal: the receipt names it, and the same id with another content is refused.
    hash        TEXT COLLATE "C" NOT NULL,
    -- Outcome as JSON, as it was first answered: whoever sends it again is told the same.
    outcome     TEXT NOT NULL,
    -- As it came, fields included that this version does not know.
    raw         TEXT NOT NULL,
    -- Who brought it in as a file. NULL: its maker sent it.
    brought_by  UUID
);

-- 搁置: work that arrived and that its sender may not do any more, kept for the administrator, whose word decides.
CREATE TABLE quarantine (
    operation   UUID NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      UUID NOT NULL REFERENCES office (id),
    -- The sender's name as it was then.
    person_name TEXT NOT NULL,
    -- Why: Reason as JSON.
    reason      TEXT NOT NULL,
    -- Of the receipt that the phone has.
    number      TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    -- When and by whom it was decided, and whether the work was taken: all three, or none while it waits.
    decided_at  BIGINT,
    decided_by  TEXT,
    taken       BOOLEAN
);
CREATE INDEX quarantine_of_office ON quarantine (office, received_at);

-- 变更: what phones have to learn of. Each record's newest change, once for each audience that may see the record, so that a
-- phone reads what concerns it as one range of an index, however large the office.
CREATE TABLE change_audience (
    office   UUID NOT NULL,
    -- RecordKind.
    kind     TEXT COLLATE "C" NOT NULL,
    -- The record's; empty for the directory.
    id       TEXT COLLATE "C" NOT NULL,
    -- 知会范围: some of the office's people, as `domain::audience` writes it: a letter and what it is about.
    audience TEXT COLLATE "C" NOT NULL,
    -- The change's number. The same in all of a record's rows, but for those that are gone.
    seq      BIGINT NOT NULL,
    -- When the record ceased to be live by itself: a hazard was closed, a visit submitted. NULL: it is live.
    ended_at BIGINT,
    -- This audience saw the record until this change, and does not any more.
    gone     BOOLEAN NOT NULL,
    PRIMARY KEY (office, kind, id, audience)
);
-- With what a pull reads of a row, so that it reads nothing else.
CREATE INDEX change_by_audience ON change_audience (office, audience, seq) INCLUDE (ended_at, gone, kind, id);
-- What may be forgotten in time, in the order in which it was written.
CREATE INDEX change_by_end ON change_audience (office, seq) WHERE gone = TRUE OR ended_at IS NOT NULL;

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office UUID NOT NULL,
    day    TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (office, day)
);

-- 当日限额: what a person has sent on a day of the office. Here and not in memory, because several servers count together.
-- In no backup: it matters for a day.
CREATE TABLE quota (
    person      UUID NOT NULL REFERENCES person (id),
    day         TEXT COLLATE "C" NOT NULL,
    operations  BIGINT NOT NULL,
    -- Of the operations.
    bytes       BIGINT NOT NULL,
    -- Told of, and what their bytes will come to.
    photos      BIGINT NOT NULL,
    photo_bytes BIGINT NOT NULL,
    -- Of photos.
    pieces      BIGINT NOT NULL,
    -- Operations that wait for the administrator.
    quarantine  BIGINT NOT NULL,
    PRIMARY KEY (person, day)
);
CREATE INDEX quota_by_day ON quota (day);
