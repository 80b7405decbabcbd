-- What devices sent, and what they have to learn of.

-- 操作: every one that was received, as it came. Its id is the key of idempotence, the rest the office's proof.
CREATE TABLE operation (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    -- Of which version the payload is.
    schema      INTEGER NOT NULL,
    -- By the device's clock.
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- SHA-256 of what was sent, hexadecimal: the receipt names it, and the same id with another content is refused.
    hash        TEXT NOT NULL,
    -- Outcome as JSON, as it was first answered: whoever sends it again is told the same.
    outcome     TEXT NOT NULL,
    -- As it came, fields included that this version does not know.
    raw         TEXT NOT NULL,
    -- Who brought it in as a file. NULL: its maker sent it.
    brought_by  BLOB
) STRICT;

-- 搁置: work that arrived and that its sender may not do any more, kept for the administrator, whose word decides.
CREATE TABLE quarantine (
    operation   BLOB NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      BLOB NOT NULL REFERENCES office (id),
    -- The sender's name as it was then.
    person_name TEXT NOT NULL,
    -- Why: Reason as JSON.
    reason      TEXT NOT NULL,
    -- Of the receipt that the phone has.
    number      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- When and by whom it was decided, and whether the work was taken: all three, or none while it waits.
    decided_at  INTEGER,
    decided_by  TEXT,
    taken       INTEGER
) STRICT;
CREATE INDEX quarantine_of_office ON quarantine (office, received_at);

-- 变更: what phones have to learn of. Each record's newest change, once for each audience that may see the record, so that a
-- phone reads what concerns it as one range of an index, however large the office.
CREATE TABLE change_audience (
    office   BLOB NOT NULL,
    -- RecordKind.
    kind     TEXT NOT NULL,
    -- The record's; empty for the directory.
    id       TEXT NOT NULL,
    -- 知会范围: some of the office's people, as `domain::audience` writes it: a letter and what it is about.
    audience TEXT NOT NULL,
    -- The change's number. The same in all of a record's rows, but for those that are gone.
    seq      INTEGER NOT NULL,
    -- When the record ceased to be live by itself: a hazard was closed, a visit submitted. NULL: it is live.
    ended_at INTEGER,
    -- This audience saw the record until this change, and does not any more.
    gone     INTEGER NOT NULL,
    PRIMARY KEY (office, kind, id, audience)
) STRICT, WITHOUT ROWID;
-- It has the table's key behind its own columns, so a pull reads nothing else.
CREATE INDEX change_by_audience ON change_audience (office, audience, seq, ended_at, gone);
-- What may be forgotten in time, in the order in which it was written.
CREATE INDEX change_by_end ON change_audience (office, seq) WHERE gone = TRUE OR ended_at IS NOT NULL;

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office BLOB NOT NULL,
    day    TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (office, day)
) STRICT, WITHOUT ROWID;

-- 当日限额: what a person has sent on a day of the office. Here and not in memory, because several servers count together.
-- In no backup: it matters for a day.
CREATE TABLE quota (
    person      BLOB NOT NULL REFERENCES person (id),
    day         TEXT NOT NULL,
    operations  INTEGER NOT NULL,
    -- Of the operations.
    bytes       INTEGER NOT NULL,
    -- Told of, and what their bytes will come to.
    photos      INTEGER NOT NULL,
    photo_bytes INTEGER NOT NULL,
    -- Of photos.
    pieces      INTEGER NOT NULL,
    -- Operations that wait for the administrator.
    quarantine  INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_by_day ON quota (day);
