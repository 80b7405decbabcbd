-- 操作记录: who did what to accounts, places, settings and sign-ins. Rows are added and never changed.
CREATE TABLE audit (
    id          BLOB NOT NULL PRIMARY KEY,
    -- None where nobody knows whose it is, as of an account that does not exist.
    office      BLOB,
    at          INTEGER NOT NULL,
    -- 'person', 'command_line' or 'nobody'
    who         TEXT NOT NULL,
    person      BLOB,
    person_name TEXT NOT NULL,
    act         TEXT NOT NULL,
    subject     TEXT NOT NULL,
    subject_id  BLOB,
    label       TEXT NOT NULL,
    address     TEXT,
    device      TEXT NOT NULL,
    session     TEXT,
    -- What differs, as JSON objects of fields.
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

-- Who brought it in as a file, where its maker did not send it.
ALTER TABLE operation ADD COLUMN brought_by BLOB;

-- Whoever is signed in signs in again: a session now knows what it was made for and how long it may last.
DROP TABLE session;
CREATE TABLE session (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the token.
    token        BLOB NOT NULL UNIQUE,
    -- SHA-256 of what the phone itself holds beside it, and may forget without signal.
    half         BLOB,
    person       BLOB NOT NULL REFERENCES person (id),
    -- 'field', 'desk', or 'second_factor' while the desk waits for one.
    purpose      TEXT NOT NULL,
    device_name  TEXT NOT NULL,
    since        INTEGER NOT NULL,
    last_seen    INTEGER NOT NULL,
    -- Unless it is used before.
    expires      INTEGER NOT NULL,
    -- However much it is used.
    ends         INTEGER NOT NULL,
    -- When the password was last typed in it.
    confirmed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_person ON session (person);

-- Somebody else chose the password: it is changed before anything else is done.
ALTER TABLE person ADD COLUMN password_due INTEGER NOT NULL DEFAULT 0;
-- Whether administrators and supervisors sign in with a second factor.
ALTER TABLE office ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0;

CREATE TABLE second_factor (
    person    BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    -- Sealed with the installation's own key, which is not in the database.
    secret    BLOB NOT NULL,
    -- Since when it is asked for; none until its first code was right.
    since     INTEGER,
    -- The newest half minute whose code was taken: none is taken twice.
    last_step INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_code (
    person BLOB NOT NULL REFERENCES person (id),
    -- SHA-256
    hash   BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;
