-- 操作记录: who did what to accounts, places, settings and sign-ins. Rows are added and never changed.
CREATE TABLE audit (
    id          UUID NOT NULL PRIMARY KEY,
    -- None where nobody knows whose it is, as of an account that does not exist.
    office      UUID,
    at          BIGINT NOT NULL,
    -- 'person', 'command_line' or 'nobody'
    who         TEXT COLLATE "C" NOT NULL,
    person      UUID,
    person_name TEXT COLLATE "C" NOT NULL,
    act         TEXT COLLATE "C" NOT NULL,
    subject     TEXT COLLATE "C" NOT NULL,
    subject_id  UUID,
    label       TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C",
    device      TEXT COLLATE "C" NOT NULL,
    session     TEXT COLLATE "C",
    -- What differs, as JSON objects of fields.
    was         TEXT NOT NULL,
    became      TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (office, at);
CREATE INDEX audit_by_subject ON audit (subject_id) WHERE subject_id IS NOT NULL;

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END;
$$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();

-- Who brought it in as a file, where its maker did not send it.
ALTER TABLE operation ADD COLUMN brought_by UUID;

-- Whoever is signed in signs in again: a session now knows what it was made for and how long it may last.
DROP TABLE session;
CREATE TABLE session (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the token.
    token        BYTEA NOT NULL UNIQUE,
    -- SHA-256 of what the phone itself holds beside it, and may forget without signal.
    half         BYTEA,
    person       UUID NOT NULL REFERENCES person (id),
    -- 'field', 'desk', or 'second_factor' while the desk waits for one.
    purpose      TEXT COLLATE "C" NOT NULL,
    device_name  TEXT NOT NULL,
    since        BIGINT NOT NULL,
    last_seen    BIGINT NOT NULL,
    -- Unless it is used before.
    expires      BIGINT NOT NULL,
    -- However much it is used.
    ends         BIGINT NOT NULL,
    -- When the password was last typed in it.
    confirmed_at BIGINT NOT NULL
);
CREATE INDEX session_of_person ON session (person);

-- Somebody else chose the password: it is changed before anything else is done.
ALTER TABLE person ADD COLUMN password_due BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether administrators and supervisors sign in with a second factor.
ALTER TABLE office ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE second_factor (
    person    UUID NOT NULL PRIMARY KEY REFERENCES person (id),
    -- Sealed with the installation's own key, which is not in the database.
    secret    BYTEA NOT NULL,
    -- Since when it is asked for; none until its first code was right.
    since     BIGINT,
    -- The newest half minute whose code was taken: none is taken twice.
    last_step BIGINT NOT NULL
);
CREATE TABLE recovery_code (
    person UUID NOT NULL REFERENCES person (id),
    -- SHA-256
    hash   BYTEA NOT NULL,
    PRIMARY KEY (person, hash)
);
